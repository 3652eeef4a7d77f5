import { Grid } from '../raster/grid.js';
import { Noise, smoothstep } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';
import { drawBlob, type Blob } from '../scene/blob.js';
import { scatter, type Square } from '../scene/scatter.js';
import { fibroblast, glandular, lymphocyte, reactive, type NucleusKind } from './nucleus.js';
import type { Painting } from './painting.js';

/** How the lining of a gland is built. Lengths in µm. */
interface Lining {
  readonly kind: NucleusKind;
  readonly height: number;
  /** Along the base, from nucleus to nucleus. */
  readonly spacing: number;
  /** Rows the nuclei pile up in. */
  readonly rows: number;
  /** Chance that a cell is full of mucus. */
  readonly goblet: number;
  /** Half axes of a nucleus. */
  readonly nucleus: readonly [number, number];
}

const resting: Lining = { kind: glandular, height: 19, spacing: 5.4, rows: 1, goblet: 0.45, nucleus: [3.9, 2.5] };
const crowded: Lining = { kind: reactive, height: 17, spacing: 5.2, rows: 1.8, goblet: 0.04, nucleus: [4.1, 2.5] };

/** Glands at rest wherever the slide is mucosa and no other region lies, in a bed of scattered lymphocytes. */
export function paintMucosa(painting: Painting): void {
  const { map, outline, regions, texture, random } = painting;
  const noise = new Noise(random.fork('mucosa'));
  const shift = random.fork('mucosa').between(0.02, 0.14);
  const mucosa = new Grid(map.size, 16, (x, y) => noise.octaves(x / (0.5 * map.size), y / (0.5 * map.size), 2) + shift);
  const free = (x: number, y: number, room: number): boolean => mucosa.at(x, y) > 0 && outline.depth(x, y) > room && regions.every(({ blob }) => blob.depth(x, y) < -room);
  const whole = { x: map.size / 2, y: map.size / 2, reach: map.size / 2 };
  map.around(whole.x, whole.y, whole.reach, (index, dx, dy) => {
    const [x, y] = [whole.x + dx, whole.y + dy];
    const border = mucosa.at(x, y);
    if (border < -0.1 || outline.depth(x, y) < -14 * um) return;
    const grain = texture.at(x / 3, y / 3) + texture.at(x / 8 + 90, y / 8) + 0.7 * texture.at(x / 22, y / 22 + 90);
    // Loose matrix fills the bed of the glands and hides the fibres below.
    const hollow = smoothstep(0.35, 0.75, texture.octaves(x / (13 * um) + 200, y / (13 * um), 2));
    map.cover(index, 0.78 * smoothstep(-0.1, 0.06, border) * outline.cover(x, y), (0.13 + 0.035 * grain) * (1 - hollow), (0.31 + 0.06 * grain) * (1 - 0.85 * hollow));
  });
  const bed = random.fork('bed');
  paintImmuneCells(painting, whole, (x, y) => (free(x, y, 4 * um) ? bed.between(3.2, 7) * um : 0));
  paintGlands(painting, whole, (x, y) => free(x, y, 26 * um), [24, 42], resting);
}

function paintImmuneCells({ nuclei, random }: Painting, square: Square, room: (x: number, y: number) => number): void {
  const stream = random.fork(`immune/${Math.round(square.x)}/${Math.round(square.y)}`);
  for (const { x, y } of scatter(square, 7 * um, room, 3, stream)) {
    const size = stream.between(2.4, 3.2) * um;
    nuclei.paint(stream.uniform() < 0.25 ? fibroblast : lymphocyte, { x, y, long: size * stream.between(1, 1.6), short: size, angle: stream.between(0, Math.PI) });
  }
}

/** A mimic: glands back to back whose nuclei are dark and pile up, yet stay slender and alike. */
export function paintCrowdedGlands(painting: Painting, blob: Blob): void {
  const square = { x: blob.x, y: blob.y, reach: blob.reach };
  paintImmuneCells(painting, square, (x, y) => (blob.depth(x, y) > 0 ? 4 * um : 0));
  paintGlands(painting, square, (x, y) => blob.depth(x, y) > 6 * um, [17, 27], crowded);
}

function paintGlands(painting: Painting, square: Square, free: (x: number, y: number) => boolean, radii: readonly [number, number], lining: Lining): void {
  const stream = painting.random.fork(`glands/${Math.round(square.x)}/${Math.round(square.y)}/${lining.rows}`);
  const places = scatter(square, radii[1] * um, (x, y) => (free(x, y) ? stream.between(...radii) * um : 0), 60, stream);
  for (const { x, y, radius } of places) {
    const form = { radius: 0.98 * radius, elongation: 1 + 0.8 * stream.uniform() ** 2, angle: stream.between(0, Math.PI), roughness: 0.07 };
    paintGland(painting, drawBlob(x, y, form, stream), lining);
  }
}

function paintGland(painting: Painting, gland: Blob, lining: Lining): void {
  const { nuclei, random } = painting;
  const stream = random.fork(`gland/${Math.round(gland.x)}/${Math.round(gland.y)}`);
  const height = Math.min(lining.height * um, 0.85 * gland.waist);
  paintLining(painting, gland, height);
  const mean = 0.9 * gland.reach;
  const gobletShare = lining.goblet * stream.between(0.2, 1.7);
  const cells = Math.round((2 * Math.PI * mean) / (lining.spacing * um));
  const ring = Array.from({ length: cells }, (_, cell) => {
    const angle = (2 * Math.PI * (cell + stream.between(-0.25, 0.25))) / cells;
    return { angle, edge: gland.radius(Math.cos(angle), Math.sin(angle)), goblet: stream.uniform() < gobletShare };
  });
  for (const { angle, edge, goblet } of ring) {
    const r = edge - 0.58 * height;
    if (goblet) paintGoblet(painting, gland.x + r * Math.cos(angle), gland.y + r * Math.sin(angle), angle, height);
  }
  const [long, short] = lining.nucleus;
  for (const { angle, edge, goblet } of ring) {
    const from = edge - (goblet ? 3 : 4.6) * um;
    for (let row = 0; row < Math.max(1, Math.round(lining.rows + 0.5 * stream.normal())); row++) {
      const r = from - (row * 5.2 + (lining.rows > 1 ? stream.between(0, 3) : stream.between(-0.6, 1.4))) * um;
      const turn = angle + (row % 2) * (Math.PI / cells);
      // A mucus-filled cell presses its nucleus flat against the base.
      const [radial, along] = goblet ? [1.7, 3.1] : [long * stream.between(0.85, 1.15), short * stream.between(0.85, 1.15)];
      nuclei.paint(lining.kind, { x: gland.x + r * Math.cos(turn), y: gland.y + r * Math.sin(turn), long: radial * um, short: along * um, angle: turn + 0.12 * stream.normal() });
    }
  }
}

function paintLining({ map, texture }: Painting, gland: Blob, height: number): void {
  map.around(gland.x, gland.y, gland.reach + 6, (index, dx, dy) => {
    const x = gland.x + dx;
    const y = gland.y + dy;
    const depth = gland.depth(x, y) + 1.2 * texture.at(x / 9, y / 9);
    if (depth < -4) return;
    const rise = depth / height;
    const grain = texture.at(x / 4, y / 4) + 0.6 * texture.at(x / 11 + 40, y / 11);
    // The basement membrane and a thin clear halo outside it.
    map.cover(index, 0.7 * smoothstep(-4, -2.5, depth) * (1 - smoothstep(-0.8, 0.6, depth)), 0.12, 0.34);
    const cell = smoothstep(-0.8, 0.8, depth) * (1 - smoothstep(height - 1.5, height + 1.5, depth));
    map.cover(index, cell, 0.34 - 0.14 * rise + 0.04 * grain, 0.44 + 0.06 * rise + 0.05 * grain);
    const brush = Math.exp(-(((depth - height) / 2) ** 2));
    map.cover(index, 0.5 * brush, 0.3, 0.62);
    const lumen = smoothstep(height, height + 3, depth);
    map.cover(index, lumen, 0.02 + 0.05 * Math.max(0, texture.at(x / 24, y / 24)), 0.02 + 0.08 * Math.max(0, grain * texture.at(x / 30, y / 30)));
  });
}

function paintGoblet({ map, texture }: Painting, x: number, y: number, angle: number, height: number): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [long, short] = [0.34 * height, 3.1 * um];
  map.around(x, y, long + 2, (index, dx, dy) => {
    const r = Math.hypot((dx * cos + dy * sin) / long, (dy * cos - dx * sin) / short);
    const cover = 1 - smoothstep(0.82, 1.08, r);
    map.cover(index, cover, 0.13 + 0.05 * texture.at((x + dx) / 6, (y + dy) / 6), 0.05);
  });
}

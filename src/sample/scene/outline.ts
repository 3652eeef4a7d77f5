import type { Random } from '../../shared/random.js';
import { Grid } from '../raster/grid.js';
import { Noise, smoothstep } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';
import { drawBlob, type Blob } from './blob.js';

/** Where tissue lies on the glass. */
export class Outline {
  private readonly depths: Grid;
  private readonly fray: Noise;

  constructor(
    readonly size: number,
    fragments: readonly Blob[],
    random: Random,
  ) {
    const warp = new Noise(random.fork('warp'));
    this.fray = new Noise(random.fork('fray'));
    const wide = size / 3.2;
    const depthAt = (x: number, y: number): number => {
      const u = x + 0.1 * size * warp.octaves(x / wide, y / wide, 4);
      const v = y + 0.1 * size * warp.octaves(x / wide + 91, y / wide + 17, 4);
      // No section reaches the edge of its slide.
      const edge = Math.min(x, y, size - x, size - y) - size * (0.05 + 0.025 * warp.octaves(x / (0.3 * wide), y / (0.3 * wide) + 140, 3));
      return Math.min(edge, Math.max(...fragments.map((fragment) => fragment.depth(u, v))));
    };
    this.depths = new Grid(size, 4, depthAt);
  }

  /** How far inside the tissue a point lies, roughly, level-0 pixels; negative on glass. */
  depth(x: number, y: number): number {
    return this.depths.at(x, y);
  }

  /** Share of a pixel that tissue covers: frayed at the edge, where fibres end one by one. */
  cover(x: number, y: number): number {
    const depth = this.depth(x, y);
    if (depth < -14 * um) return 0;
    if (depth > 14 * um) return 1;
    const frayed = depth + 5 * um * this.fray.octaves(x / (14 * um), y / (14 * um), 4);
    return smoothstep(-1.2, 1.2, frayed);
  }
}

/** One piece of tissue, or a large and a small one, as a microtome leaves them. */
export function drawOutline(size: number, random: Random): Outline {
  const form = random.fork('form');
  const angle = form.between(0, Math.PI);
  const piece = (x: number, y: number, radius: number, name: string): Blob =>
    drawBlob(x * size, y * size, { radius: radius * size, elongation: form.between(1.05, 1.35), angle, roughness: 0.16 }, random.fork(name));
  const wobble = (): number => form.between(-0.03, 0.03);
  if (form.uniform() < 0.6) return new Outline(size, [piece(0.5 + wobble(), 0.5 + wobble(), 0.395, 'whole')], random);
  const across = angle + Math.PI / 2;
  const shift = (distance: number): [number, number] => [0.5 + distance * Math.cos(across), 0.5 + distance * Math.sin(across)];
  return new Outline(size, [piece(...shift(0.1), 0.33, 'large'), piece(...shift(-0.33), 0.15, 'small')], random);
}

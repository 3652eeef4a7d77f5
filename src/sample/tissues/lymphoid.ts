import { smoothstep } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';
import type { Blob } from '../scene/blob.js';
import { scatter } from '../scene/scatter.js';
import { paintCytoplasm } from './cytoplasm.js';
import { lymphocyte, reactive } from './nucleus.js';
import type { Painting } from './painting.js';

/** A heap of small dark lymphocytes, thinning out at its rim. */
export function paintAggregate({ nuclei, random }: Painting, blob: Blob): void {
  const stream = random.fork(`aggregate/${Math.round(blob.x)}`);
  const rim = 12 * um;
  const room = (x: number, y: number): number => {
    const depth = blob.depth(x, y);
    return depth < -rim ? 0 : (depth > 0 ? 3.1 : 3.1 - (2.4 * depth) / rim) * um;
  };
  for (const { x, y } of scatter({ x: blob.x, y: blob.y, reach: blob.reach + rim }, 5.5 * um, room, 9, stream)) {
    const size = stream.between(2.7, 3.3) * um;
    nuclei.paint(lymphocyte, { x, y, long: size * stream.between(1, 1.15), short: size, angle: stream.between(0, Math.PI) });
  }
}

/** A mimic: nests of activated lymphoid cells, dark and crowded like tumour, but small, round and alike. */
export function paintNest(painting: Painting, blob: Blob): void {
  const { map, nuclei, texture, random } = painting;
  const stream = random.fork(`nest/${Math.round(blob.x)}`);
  const cellular = (x: number, y: number): number => {
    const ragged = blob.depth(x, y) + 7 * um * texture.octaves(x / (30 * um), y / (30 * um), 3);
    const septum = Math.abs(texture.octaves(x / (75 * um) + 31, y / (75 * um), 2));
    return Math.min(ragged / (4 * um), (septum - 0.035) * 28);
  };
  map.around(blob.x, blob.y, blob.reach + 8 * um, (index, dx, dy) => {
    const [x, y] = [blob.x + dx, blob.y + dy];
    const cover = smoothstep(-0.4, 0.6, cellular(x, y));
    if (cover === 0) return;
    const grain = texture.at(x / 4, y / 4) + 0.6 * texture.at(x / 12, y / 12);
    map.cover(index, 0.9 * cover, 0.2 + 0.06 * grain, 0.32 + 0.06 * grain);
  });
  const cells = scatter({ x: blob.x, y: blob.y, reach: blob.reach + 8 * um }, 3.9 * um, (u, v) => (cellular(u, v) > 0.3 ? stream.between(3.2, 3.9) * um : 0), 40, stream);
  paintCytoplasm(painting, cells, stream);
  for (const { x, y, radius } of cells) {
    const size = 1.05 * radius;
    nuclei.paint(reactive, { x, y, long: size * stream.between(1, 1.12), short: size, angle: stream.between(0, Math.PI) });
  }
}

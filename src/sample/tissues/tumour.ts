import { smoothstep } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';
import type { Blob } from '../scene/blob.js';
import { scatter } from '../scene/scatter.js';
import { paintCytoplasm } from './cytoplasm.js';
import { lymphocyte, malignant } from './nucleus.js';
import type { Painting } from './painting.js';

/** Carcinoma: sheets and cords of crowded, large, dark, unlike nuclei, split by thin scars; slits where glands are attempted. */
export function paintTumour(painting: Painting, blob: Blob): void {
  const { map, nuclei, texture, random } = painting;
  const stream = random.fork(`tumour/${Math.round(blob.x)}`);
  const cellular = (x: number, y: number): number => {
    // Cords push into the stroma around: the front is ragged.
    const ragged = blob.depth(x, y) + 11 * um * texture.octaves(x / (38 * um), y / (38 * um), 3);
    const septum = Math.abs(texture.octaves(x / (110 * um) + 77, y / (110 * um), 3));
    return Math.min(ragged / (4 * um), (septum - 0.05) * 26);
  };
  const slit = (x: number, y: number): number => smoothstep(0.5, 0.58, texture.octaves(x / (42 * um) + 130, y / (42 * um) + 60, 2));
  map.around(blob.x, blob.y, blob.reach + 12 * um, (index, dx, dy) => {
    const [x, y] = [blob.x + dx, blob.y + dy];
    const cover = smoothstep(-0.4, 0.6, cellular(x, y));
    if (cover === 0) return;
    const grain = texture.at(x / 4, y / 4) + 0.6 * texture.at(x / 12, y / 12);
    map.cover(index, 0.92 * cover, 0.2 + 0.06 * grain, 0.32 + 0.06 * grain);
    map.cover(index, cover * slit(x, y), 0.03, 0.04 + 0.06 * Math.max(0, grain));
  });
  const roomAt = (x: number, y: number): number => (cellular(x, y) < 0.4 || slit(x, y) > 0.1 ? 0 : Math.min(8, 5 * Math.exp(0.24 * stream.normal())) * um);
  const cells = scatter({ x: blob.x, y: blob.y, reach: blob.reach + 12 * um }, 8 * um, roomAt, 40, stream);
  paintCytoplasm(painting, cells, stream);
  for (const { x, y, radius } of cells) {
    const size = 1.08 * radius;
    const stretch = stream.between(1, 1.45);
    nuclei.paint(malignant, { x, y, long: size * Math.sqrt(stretch), short: size / Math.sqrt(stretch), angle: stream.between(0, Math.PI) });
  }
  for (const { x, y } of scatter({ x: blob.x, y: blob.y, reach: blob.reach + 20 * um }, 8 * um, (u, v) => (blob.depth(u, v) > -16 * um && cellular(u, v) < -0.5 ? stream.between(4, 8) * um : 0), 2, stream)) {
    const size = stream.between(2.5, 3.1) * um;
    nuclei.paint(lymphocyte, { x, y, long: size * 1.1, short: size, angle: stream.between(0, Math.PI) });
  }
}

import type { Random } from '../../shared/random.js';
import { smoothstep } from '../raster/noise.js';
import type { Dart } from '../scene/scatter.js';
import type { Painting } from './painting.js';

/** Bodies of crowded cells: each of its own tint, paler towards its neighbours, so that a sheet reads as cells and not as paint. */
export function paintCytoplasm({ map, texture }: Painting, cells: readonly Dart[], random: Random): void {
  for (const { x, y, radius } of cells) {
    const body = 1.55 * radius;
    const haematoxylin = 0.36 * Math.exp(0.2 * random.normal());
    const eosin = 0.42 * Math.exp(0.16 * random.normal());
    map.around(x, y, body + 2, (index, dx, dy) => {
      const r = Math.hypot(dx, dy) / body + 0.16 * texture.at((x + dx) / 14, (y + dy) / 14);
      if (r > 1.1) return;
      const rim = smoothstep(0.72, 0.9, r);
      const grain = texture.at((x + dx) / 3.6, (y + dy) / 3.6);
      map.cover(index, 0.85 * (1 - smoothstep(0.9, 1.02, r)), haematoxylin * (1 - 0.45 * rim) + 0.05 * grain, eosin * (1 - 0.3 * rim) + 0.06 * grain);
    });
  }
}

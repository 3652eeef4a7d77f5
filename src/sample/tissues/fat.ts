import { smoothstep } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';
import type { Blob } from '../scene/blob.js';
import { scatter } from '../scene/scatter.js';
import { fibroblast } from './nucleus.js';
import type { Painting } from './painting.js';

/** Fat: cells emptied by the solvents, thin pink walls between them, a flat nucleus in a wall here and there. */
export function paintFat({ map, nuclei, texture, random }: Painting, blob: Blob): void {
  const stream = random.fork(`fat/${Math.round(blob.x)}`);
  const reach = blob.reach + 60 * um;
  const cells = scatter({ x: blob.x, y: blob.y, reach }, 23 * um, () => stream.between(15, 23) * um, 8, stream);
  const walls: { x: number; y: number; angle: number }[] = [];
  map.around(blob.x, blob.y, reach, (index, dx, dy) => {
    if (blob.depth(blob.x + dx, blob.y + dy) < -12 * um) return;
    const x = blob.x + dx + 5 * um * texture.at((blob.x + dx) / (26 * um), (blob.y + dy) / (26 * um));
    const y = blob.y + dy + 5 * um * texture.at((blob.x + dx) / (26 * um) + 50, (blob.y + dy) / (26 * um));
    let nearest = Infinity;
    let second = Infinity;
    let slope = 0;
    for (const cell of cells) {
      const away = Math.hypot(x - cell.x, y - cell.y) - cell.radius;
      if (away < nearest) [second, nearest, slope] = [nearest, away, Math.atan2(y - cell.y, x - cell.x)];
      else if (away < second) second = away;
    }
    const gap = second - nearest;
    // Corners, where a cell ends far from its own centre, are filled: walls meet in triangles.
    const wall = Math.max(1 - smoothstep(1.2, 3.2, gap), smoothstep(11 * um, 14 * um, nearest));
    const inside = smoothstep(-8, 4, blob.depth(blob.x + dx, blob.y + dy) + 6 * um * texture.octaves(x / (20 * um), y / (20 * um), 2) + (wall > 0.5 ? -6 : 6));
    map.cover(index, inside * (1 - wall), 0.004, 0.012);
    map.cover(index, inside * wall, 0.09, 0.3 + 0.1 * texture.at(x / 5, y / 5));
    if (gap < 1 && inside > 0.9 && stream.uniform() < 0.0016) walls.push({ x: blob.x + dx, y: blob.y + dy, angle: slope + Math.PI / 2 });
  });
  for (const wall of walls) nuclei.paint(fibroblast, { ...wall, long: stream.between(3.5, 5.5) * um, short: stream.between(1.1, 1.6) * um });
}

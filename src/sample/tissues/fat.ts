import { smoothstep } from '../raster/noise.js';
import { um } from '../raster/stain-map.js';
import type { Blob } from '../scene/blob.js';
import { scatter, type Dart } from '../scene/scatter.js';
import { fibroblast } from './nucleus.js';
import type { Painting } from './painting.js';

/** Edge of the blocks that share their candidates, and how far away a cell can still matter to one; level-0 pixels. */
const block = 32;
const far = 70 * um;

/** Fat: cells emptied by the solvents, thin pink walls between them, a flat nucleus in a wall here and there. */
export function paintFat({ map, nuclei, texture, random }: Painting, blob: Blob): void {
  const stream = random.fork(`fat/${Math.round(blob.x)}`);
  const reach = blob.reach + 60 * um;
  const cells = scatter({ x: blob.x, y: blob.y, reach }, 27 * um, () => stream.between(15, 27) * um, 12, stream);
  const isFat = new Set(cells.filter(({ x, y, radius }) => blob.depth(x, y) > 0.5 * radius));
  const near = new Map<number, Dart[]>();
  const walls: { x: number; y: number; angle: number }[] = [];
  map.around(blob.x, blob.y, reach, (index, dx, dy) => {
    const [x, y] = [blob.x + dx, blob.y + dy];
    const u = x + 4 * um * texture.octaves(x / (24 * um), y / (24 * um), 2);
    const v = y + 4 * um * texture.octaves(x / (24 * um) + 50, y / (24 * um), 2);
    const { nearest, away, gap } = closest(cells, near, u, v);
    if (!nearest || !isFat.has(nearest)) return;
    const beyond = away - 9 * um;
    if (beyond > 1.5) return;
    const wall = Math.max(1 - smoothstep(0.9, 2.6, gap), smoothstep(-2, -0.4, beyond));
    map.cover(index, 1 - 0.9 * wall, 0.004, 0.012);
    map.cover(index, 0.9 * wall, 0.08, 0.26 + 0.09 * texture.at(x / 5, y / 5));
    if (gap < 1 && stream.uniform() < 0.003) walls.push({ x, y, angle: Math.atan2(v - nearest.y, u - nearest.x) + Math.PI / 2 });
  });
  for (const wall of walls) nuclei.paint(fibroblast, { ...wall, long: stream.between(3.5, 5.5) * um, short: stream.between(1.1, 1.6) * um });
}

/** The cell a point belongs to, how far the point lies outside it, and how much farther the next cell is. */
function closest(cells: readonly Dart[], near: Map<number, Dart[]>, x: number, y: number): { nearest: Dart | undefined; away: number; gap: number } {
  const awayFrom = (cell: Dart, u: number, v: number): number => Math.hypot(u - cell.x, v - cell.y) - cell.radius;
  const [column, row] = [Math.floor(x / block), Math.floor(y / block)];
  const key = row * 65536 + column;
  let candidates = near.get(key);
  if (!candidates) {
    const [u, v] = [(column + 0.5) * block, (row + 0.5) * block];
    candidates = cells.filter((cell) => awayFrom(cell, u, v) < far).sort((a, b) => awayFrom(a, u, v) - awayFrom(b, u, v)).slice(0, 7);
    near.set(key, candidates);
  }
  let nearest: Dart | undefined;
  let away = Infinity;
  let next = Infinity;
  for (const cell of candidates) {
    const distance = awayFrom(cell, x, y);
    if (distance < away) [next, nearest, away] = [away, cell, distance];
    else if (distance < next) next = distance;
  }
  return { nearest, away, gap: next - away };
}

import type { Random } from '../../shared/random.js';
import { type SamplingGrid, spread } from './grid.js';

/** SimCLR's range of aspect ratios. */
const narrowest = 3 / 4;

/**
 * Random resized crop: a box with a share of the area in `range` and an aspect ratio of 3:4 to
 * 4:3 (less where the box would not fit), stretched back to the full size.
 */
export function crop(grid: SamplingGrid, range: readonly [number, number], random: Random): void {
  const size = grid.rows.low.length;
  const area = random.between(range[0], range[1]);
  const widest = Math.min(1 / narrowest, 1 / area);
  const aspect = Math.exp(random.between(-Math.log(widest), Math.log(widest)));
  const width = size * Math.sqrt(area * aspect);
  const height = size * Math.sqrt(area / aspect);
  spread(grid.columns, random.uniform() * (size - width), width, 3);
  spread(grid.rows, random.uniform() * (size - height), height, 3 * size);
}

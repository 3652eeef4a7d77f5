import type { Random } from '../../shared/random.js';
import { reverse, type SamplingGrid } from './grid.js';

/** Mirrors left–right and top–bottom, each with probability ½. */
export function flip(grid: SamplingGrid, random: Random): void {
  if (random.uniform() < 0.5) reverse(grid.columns);
  if (random.uniform() < 0.5) reverse(grid.rows);
}

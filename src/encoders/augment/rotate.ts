import type { Random } from '../../shared/random.js';
import { reverse, type SamplingGrid } from './grid.js';

/** Turns by 0°, 90°, 180° or 270°, each with probability ¼. */
export function rotate(grid: SamplingGrid, random: Random): void {
  for (let turns = random.integer(4); turns > 0; turns--) quarterTurn(grid);
}

/** Counter-clockwise: output (row, column) is what stood at (column, size − 1 − row). */
export function quarterTurn(grid: SamplingGrid): void {
  reverse(grid.columns);
  [grid.rows, grid.columns] = [grid.columns, grid.rows];
}

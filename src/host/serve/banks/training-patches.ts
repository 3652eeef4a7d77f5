import type { ScoredPatches } from '../../../mining/index.js';
import type { BankPatches } from '../../../shared/rpc/banks.js';
import type { ScoreTable } from '../../../shared/run/parquet.js';
import { roles } from '../../../shared/run/tables.js';

/** The training rows of a score table, which come first, as mining sees them. */
export interface TrainingPatches extends ScoredPatches {
  readonly count: number;
  readonly slides: readonly string[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size: Float64Array;
}

const known = new WeakMap<ScoreTable, TrainingPatches>();

/** Looks at a score table once; the columns are views of the table's. */
export function trainingPatches(table: ScoreTable): TrainingPatches {
  const before = known.get(table);
  if (before) return before;
  const end = table.split.findIndex((split) => split !== 'train');
  const count = end < 0 ? table.split.length : end;
  const slides: string[] = [];
  const labels: number[] = [];
  const slideOf = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    if (table.slide[row] !== slides.at(-1)) {
      slides.push(table.slide[row]!);
      labels.push(table.label[row]!);
    }
    slideOf[row] = slides.length - 1;
  }
  const patches = { count, slides, labels, slideOf, scores: table.score.subarray(0, count), x: table.x.subarray(0, count), y: table.y.subarray(0, count), size: table.size.subarray(0, count) };
  known.set(table, patches);
  return patches;
}

/** The columns of some rows, in their order. @param roleOf of each row. @param changeOf of each place. */
export function patchColumns(table: ScoreTable, rows: Int32Array, roleOf: (row: number) => string, changeOf: (place: number) => number): BankPatches {
  const { slides, slideOf } = trainingPatches(table);
  return {
    slides,
    row: rows,
    slideOf: rows.map((row) => slideOf[row]!),
    x: Float64Array.from(rows, (row) => table.x[row]!),
    y: Float64Array.from(rows, (row) => table.y[row]!),
    size: Float64Array.from(rows, (row) => table.size[row]!),
    score: Float32Array.from(rows, (row) => table.score[row]!),
    rank: rows.map((row) => table.rank[row]!),
    role: Uint8Array.from(rows, (row) => roles.indexOf(roleOf(row) as (typeof roles)[number])),
    change: Uint8Array.from(rows, (_, place) => changeOf(place)),
  };
}

/** Highest scores first; equals in the order of the patches. */
export function byScore(table: ScoreTable, rows: Int32Array): Int32Array {
  return rows.sort((a, b) => table.score[b]! - table.score[a]! || a - b);
}

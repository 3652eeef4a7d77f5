import { HardmineError } from '../../shared/errors.js';
import type { ScoredPatch } from '../../shared/rpc/explain.js';
import type { ScoreTable } from '../../shared/run/parquet.js';
import { roles, type Role } from '../../shared/run/tables.js';
import { slideScores } from '../export/slide-scores.js';
import { openRun, scoresOf, testScoresOf, type RunMaterial } from '../serve/run-material.js';

/** A patch of a run, in the scores of one round. */
export interface Subject {
  readonly material: RunMaterial;
  readonly round: number;
  readonly table: ScoreTable;
  /** Its row in the table. */
  readonly row: number;
  /** Rows [start, end) of its slide. */
  readonly start: number;
  readonly end: number;
}

/**
 * The patch at a point of a slide, of overlapping ones the one whose centre is nearest.
 * @param point level-0 pixels. @param wanted round; by default the selected one, or the newest before a run is done.
 * @throws HardmineError `usage` naming the nearest patch where none holds the point, and as `slideScores` does.
 */
export async function subjectAt(run: string, slide: string, point: { readonly x: number; readonly y: number }, wanted: number | undefined): Promise<Subject> {
  const { material, row, round, patches } = await slideScores(run, slide, wanted);
  const distance = (i: number): number => Math.hypot(patches.x[i]! + patches.size[i]! / 2 - point.x, patches.y[i]! + patches.size[i]! / 2 - point.y);
  const holds = (i: number): boolean => point.x >= patches.x[i]! && point.y >= patches.y[i]! && point.x < patches.x[i]! + patches.size[i]! && point.y < patches.y[i]! + patches.size[i]!;
  const all = [...patches.x.keys()];
  const nearest = (of: readonly number[]): number | undefined => of.reduce<number | undefined>((best, i) => (best === undefined || distance(i) < distance(best) ? i : best), undefined);
  const found = nearest(all.filter(holds));
  if (found === undefined) {
    const near = nearest(all)!;
    const [left, top, edge] = [patches.x[near]!, patches.y[near]!, patches.size[near]!].map(Math.round);
    throw new HardmineError('usage', `No patch holds the point ${point.x}, ${point.y}.`, { place: { slide }, remedy: `The nearest begins at ${left}, ${top} and is ${edge} level-0 pixels wide: give a point inside it.` });
  }
  const table = row.split === 'test' ? await testScoresOf(run) : await scoresOf(run, round);
  return subjectIn(material, round, table, table.slide.indexOf(slide) + found);
}

/** A patch by its row in the scores of a round. @throws HardmineError as `scoresOf`; `usage` where there is no such row. */
export async function subjectOfRow(run: string, round: number, row: number): Promise<Subject> {
  const [material, table] = await Promise.all([openRun(run), scoresOf(run, round)]);
  if (!(row in table.logit)) throw new HardmineError('usage', `Round ${round} has no patch ${row}.`, { place: { file: run } });
  return subjectIn(material, round, table, row);
}

function subjectIn(material: RunMaterial, round: number, table: ScoreTable, row: number): Subject {
  const slide = table.slide[row]!;
  let [start, end] = [row, row + 1];
  while (table.slide[start - 1] === slide) start--;
  while (table.slide[end] === slide) end++;
  return { material, round, table, row, start, end };
}

/** A row of a score table as an object. */
export function patchOf(table: ScoreTable, row: number): ScoredPatch {
  return {
    ...squareOf(table, row),
    row,
    label: table.label[row] === 1 ? 1 : 0,
    split: table.split[row] as ScoredPatch['split'],
    score: table.score[row]!,
    logit: table.logit[row]!,
    rank: table.rank[row]!,
    role: roles.find((role) => role === (table.role[row] as Role)) ?? 'none',
    truth: table.truth[row]!,
  };
}

/** Where a row lies. */
export function squareOf(table: ScoreTable, row: number): Pick<ScoredPatch, 'slide' | 'x' | 'y' | 'size'> {
  return { slide: table.slide[row]!, x: orNull(table.x[row]!), y: orNull(table.y[row]!), size: orNull(table.size[row]!) };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

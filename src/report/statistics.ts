import { percent, statisticsTables } from '../shared/run/statistics-tables.js';
import { patientWarnings as warningsOf, statisticsMethods } from '../shared/run/statistics-words.js';
import { said } from '../shared/words.js';
import type { RunRecord } from './record.js';
import type { Table } from './result.js';

/** A table under a title of its own. */
export interface TitledTable extends Table {
  readonly title: string;
}

/** Calibration, operating points and who stands behind the intervals; none where a run of before has none. */
export function statisticsOf({ result }: RunRecord): TitledTable[] {
  if (!result) return [];
  return statisticsTables(result).map(({ title, head, rows }) => ({ title: said(title), head: head.map(said), rows: rows.map((row) => row.map(said)) }));
}

/** How the numbers of the tables came to be. */
export function statisticsSentence({ experiment: { evaluation } }: RunRecord): string {
  return said(statisticsMethods(percent(evaluation.ci)));
}

/** What must be said where few patients stand behind the intervals. */
export function patientWarnings({ result, experiment: { evaluation } }: RunRecord): string[] {
  if (!result?.statistics && !result?.classStatistics) return [];
  return [...warningsOf(result).map(said), ...(evaluation.bootstrap === 0 ? ['No bootstrap intervals: evaluation.bootstrap is 0.'] : [])];
}

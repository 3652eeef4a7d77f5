import type { RunSummary } from '../run/list.js';
import type { StudyMetric } from '../study/summary.js';
import type { CurveTable } from './curve-tables.js';

/** Run folders, read for people to look at. `run` is an absolute path. */
export interface RunService {
  /** What a run's curves gained since the answer with this cursor; without one, from the beginning. Long journals come in parts. */
  curves(run: string, since?: CurveCursor): Promise<CurvePart>;
  /** The settings of the run's experiment with every default written out, by dotted key: `mining.hardNegativeRatio`. */
  settings(run: string): Promise<Settings>;
  /**
   * What `mil compare` says of runs that are done, or of studies, as Markdown.
   * @throws RemoteError `usage` where they cannot be compared, saying why.
   */
  compareRuns(folders: readonly string[], metric: StudyMetric): Promise<string>;
}

/** How far somebody has read the curves. */
export interface CurveCursor {
  /** Of one reading of the journal; another one means that rows given before hold no more. */
  readonly reading: string;
  /** How many rows of each table were given. */
  readonly rows: Readonly<Partial<Record<CurveTable, number>>>;
}

export interface CurvePart {
  readonly cursor: CurveCursor;
  /** What was given before holds no more: a resumed run repeated epochs, or the service began anew. */
  readonly reset: boolean;
  /** New rows, column after column in the order of `curveTables`. */
  readonly tables: Readonly<Partial<Record<CurveTable, Float64Array>>>;
  /** More is waiting: ask again at once. */
  readonly more: boolean;
  /** How the run stands; absent where the folder holds no readable status. */
  readonly summary?: RunSummary;
  /** The line of the journal that cannot be read; what follows it is not in the curves. */
  readonly damagedLine?: number;
}

/** Values as JSON text. */
export type Settings = Readonly<Record<string, string>>;

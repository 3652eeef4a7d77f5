import { compareClassModels, compareModels, type ClassDifference, type ComparedMetric, type ModelDifference } from '../../mil/statistics/index.js';
import { Random } from '../../shared/random.js';
import { pairRuns, readTested, type PairedRuns } from './tested-runs.js';

/** Resamples of patients: p values of a thousandth can be told. */
const resamples = 2000;
/** Of all intervals. */
export const level = 0.95;

/** Runs compared by a metric on the test slides they share. */
export interface Comparison extends PairedRuns {
  readonly metric: ComparedMetric;
  readonly differences: readonly ModelDifference[];
  /** AUROC of each class against the rest, where there are several. */
  readonly ofClasses: readonly ClassDifference[];
}

/** Compares every pair of runs on their test slides. @param folders absolute. @param nameOf how people are told of a run. @throws HardmineError `usage`, `run-damaged`. */
export function compareRuns(folders: readonly string[], metric: ComparedMetric, nameOf?: (run: string) => string): Comparison {
  const paired = pairRuns(folders.map((folder) => readTested(folder, nameOf)));
  const bootstrap = { resamples, level, random: () => new Random(1).fork('compare') };
  const threshold = (run: (typeof paired.runs)[number]): number => run.result.validation.threshold;
  if (!paired.classes) {
    const models = paired.runs.map((run) => ({ probabilities: run.predictions.map(({ probability }) => probability), threshold: threshold(run) }));
    return { ...paired, metric, differences: compareModels(paired, models, metric, bootstrap), ofClasses: [] };
  }
  const sample = { ...paired.classes, patients: paired.patients, classes: paired.runs[0]!.predictions.map(({ classes }) => classes!) };
  const models = paired.runs.map((run) => ({ probabilities: run.predictions.map(({ probabilities }) => probabilities!), threshold: threshold(run) }));
  return { ...paired, metric, ...compareClassModels(sample, models, metric, bootstrap) };
}

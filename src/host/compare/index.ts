import { compareModels, type ComparedMetric, type ModelDifference } from '../../mil/statistics/index.js';
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
}

/** Compares every pair of runs on their test slides. @param folders absolute. @throws HardmineError `usage`, `run-damaged`. */
export function compareRuns(folders: readonly string[], metric: ComparedMetric): Comparison {
  const paired = pairRuns(folders.map(readTested));
  const models = paired.runs.map(({ result, predictions }) => ({ probabilities: predictions.map(({ probability }) => probability), threshold: result.validation.threshold }));
  const differences = compareModels(paired, models, metric, { resamples, level, random: () => new Random(1).fork('compare') });
  return { ...paired, metric, differences };
}

import type { SlideMetrics } from '../../shared/run/metrics.js';
import { correctedTInterval, tInterval, type MeanInterval } from './t-interval.js';

/** The slide metrics that runs are summed up and compared by. */
export const comparedMetrics = ['auroc', 'averagePrecision', 'accuracy', 'balancedAccuracy', 'f1', 'brier'] as const;
export type ComparedMetric = (typeof comparedMetrics)[number];

/** A metric over several runs: all values, never the highest alone. */
export interface RunsSummary extends MeanInterval {
  /** In the order of the runs; null where a run's is not defined, which is then left out of the mean. */
  readonly values: readonly (number | null)[];
  readonly method: 't' | 'corrected-t';
}

/**
 * Each metric over several runs, with mean, sd and t interval. Runs that differ by their seed alone are independent;
 * runs that are folds of one cohort are not: give `testToTrain` for Nadeau & Bengio's correction.
 * @param results of one split of each run, e.g. `result.test`.
 * @param testToTrain slides tested over slides trained on, in folds.
 */
export function summariseRuns(results: readonly SlideMetrics[], { level, testToTrain }: { level: number; testToTrain?: number }): Record<ComparedMetric, RunsSummary> {
  const summary = (metric: ComparedMetric): RunsSummary => {
    const values = results.map((result) => result[metric].value);
    const known = values.filter((value) => value !== null);
    return testToTrain === undefined ? { values, method: 't', ...tInterval(known, level) } : { values, method: 'corrected-t', ...correctedTInterval(known, testToTrain, level) };
  };
  return Object.fromEntries(comparedMetrics.map((metric) => [metric, summary(metric)])) as Record<ComparedMetric, RunsSummary>;
}

import { join } from 'node:path';
import { tInterval } from '../../mil/statistics/index.js';
import { mostFavourable } from '../../report/oracle.js';
import { HardmineError } from '../../shared/errors.js';
import { runFiles } from '../../shared/run/layout.js';
import { readOracle } from '../../shared/run/oracle.js';
import { studyMetrics, type StudyMetric } from '../../shared/study/summary.js';
import type { StudyMaterial } from './material.js';

/** Mean and standard deviation over runs. */
export interface OverRuns {
  readonly n: number;
  readonly mean: number | null;
  readonly sd: number | null;
}

/** What a metric is as validation chose, and what choosing each run's epoch by its own test slides would have claimed. */
export interface StudyClaim {
  readonly metric: StudyMetric;
  readonly selected: OverRuns;
  readonly oracle: OverRuns;
  /** Mean over runs of oracle minus selected; null where no run has both. */
  readonly gap: number | null;
}

/** Of each metric the oracle over the runs that are done, only of runs that have both numbers. @throws HardmineError `usage` where a run did not score its test slides each epoch. */
export function studyClaims({ done, experiment }: StudyMaterial): StudyClaim[] {
  const runs = done.map(({ run, result }) => {
    const epochs = readOracle(run);
    if (!epochs) throw new HardmineError('usage', `The run ${run} did not score its test slides each epoch.`, { place: { file: join(run, runFiles.experiment) }, remedy: 'Set evaluation.oracle to true and train again, or leave --oracle out.' });
    return { epochs, test: result.test };
  });
  return studyMetrics.map((metric) => {
    const pairs = runs.flatMap(({ epochs, test }) => {
      const oracle = mostFavourable(epochs, metric)?.[metric];
      const selected = test[metric].value;
      return oracle === undefined || selected === null ? [] : [{ selected, oracle }];
    });
    const over = (values: readonly number[]): OverRuns => {
      const { mean, sd } = tInterval(values, experiment.evaluation.ci);
      return { n: values.length, mean, sd };
    };
    return { metric, selected: over(pairs.map(({ selected }) => selected)), oracle: over(pairs.map(({ oracle }) => oracle)), gap: over(pairs.map(({ selected, oracle }) => oracle - selected)).mean };
  });
}

import type { RunResult } from '../shared/run/metrics.js';
import type { OracleEpoch } from '../shared/run/oracle.js';
import type { RunRecord } from './record.js';

/** What choosing by test would claim of a metric, beside the row of the result it belongs to. */
export interface Claim {
  readonly label: string;
  readonly text: string;
  /** By how much it flatters, on the scale of the metric. */
  readonly gap: string;
}

const metrics = { auroc: 'AUROC', averagePrecision: 'Average precision', accuracy: 'Accuracy', balancedAccuracy: 'Balanced accuracy', f1: 'F1', brier: 'Brier score' } as const;

/** Of each metric the epoch that looks most favourable on test; undefined where nobody asked. */
export function claims({ oracle }: Pick<RunRecord, 'oracle'>, { test }: RunResult): Claim[] | undefined {
  if (!oracle) return undefined;
  return (Object.keys(metrics) as (keyof typeof metrics)[]).map((metric) => {
    // A Brier score is an error.
    const sign = metric === 'brier' ? -1 : 1;
    const known = oracle.filter((epoch): epoch is OracleEpoch & Record<typeof metric, number> => epoch[metric] !== null);
    const result = test[metric].value;
    if (known.length === 0 || result === null) return { label: metrics[metric], text: '–', gap: '–' };
    const chosen = known.reduce((top, epoch) => (sign * epoch[metric] > sign * top[metric] ? epoch : top));
    const gap = chosen[metric] - result;
    return { label: metrics[metric], text: `${chosen[metric].toFixed(3)} (round ${chosen.round}, epoch ${chosen.epoch})`, gap: `${gap < 0 ? '−' : '+'}${Math.abs(gap).toFixed(3)}` };
  });
}

/** How the oracle's column came to be, for under the table. */
export function oracleSentence({ experiment: { cohort, evaluation } }: Pick<RunRecord, 'experiment'>): string {
  // Without a negative class the likeliest class is called, and no threshold is chosen.
  const threshold = evaluation.threshold === 'half' || !cohort.negative ? 'a threshold of a half' : `the threshold that rule "${evaluation.threshold}" chose on test`;
  return `The oracle column is no result: for each metric, and at ${threshold}, it takes that epoch of all rounds which has the most favourable test value (for the Brier score the lowest). The gap is what such a protocol adds to the validation-selected number of test.`;
}

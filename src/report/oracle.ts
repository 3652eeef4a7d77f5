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

/** The metrics that an epoch could be chosen by, as reports call them. */
export const metricNames = { auroc: 'AUROC', averagePrecision: 'Average precision', accuracy: 'Accuracy', balancedAccuracy: 'Balanced accuracy', f1: 'F1', brier: 'Brier score' } as const;

/** The epoch with the most favourable test value of a metric; undefined where none has one. */
export function mostFavourable<M extends keyof typeof metricNames>(epochs: readonly OracleEpoch[], metric: M): (OracleEpoch & Record<M, number>) | undefined {
  // A Brier score is an error.
  const sign = metric === 'brier' ? -1 : 1;
  const known = epochs.filter((epoch): epoch is OracleEpoch & Record<M, number> => epoch[metric] !== null);
  return known.reduce<(typeof known)[number] | undefined>((top, epoch) => (top && sign * epoch[metric] <= sign * top[metric] ? top : epoch), undefined);
}

/** The head of a column that holds such claims. */
export const oracleHead = 'oracle (selected on test; not a result)';

/** `+0.041`. */
export function gapText(gap: number): string {
  return `${gap < 0 ? '−' : '+'}${Math.abs(gap).toFixed(3)}`;
}

/** Of each metric the epoch that looks most favourable on test; undefined where nobody asked. */
export function claims({ oracle }: Pick<RunRecord, 'oracle'>, { test }: RunResult): Claim[] | undefined {
  if (!oracle) return undefined;
  return (Object.keys(metricNames) as (keyof typeof metricNames)[]).map((metric) => {
    const chosen = mostFavourable(oracle, metric);
    const result = test[metric].value;
    if (!chosen || result === null) return { label: metricNames[metric], text: '–', gap: '–' };
    return { label: metricNames[metric], text: `${chosen[metric].toFixed(3)} (round ${chosen.round}, epoch ${chosen.epoch})`, gap: gapText(chosen[metric] - result) };
  });
}

/** How the oracle's column came to be, for under the table. */
export function oracleCaption({ cohort, evaluation }: Pick<RunRecord['experiment'], 'cohort' | 'evaluation'>): string {
  // Without a negative class the likeliest class is called, and no threshold is chosen.
  const threshold = evaluation.threshold === 'half' || !cohort.negative ? 'a threshold of a half' : `the threshold that rule "${evaluation.threshold}" chose on test`;
  return `The oracle column is no result: for each metric, and at ${threshold}, it takes that epoch of all rounds which has the most favourable test value (for the Brier score the lowest). The gap is what such a protocol adds to the validation-selected number of test.`;
}

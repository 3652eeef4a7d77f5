import { tQuantile, twoSidedT } from './distributions.js';

/** A mean over runs with its interval; null where there are too few to tell. */
export interface MeanInterval {
  readonly n: number;
  readonly mean: number | null;
  /** Of the sample, n − 1 in the denominator. */
  readonly sd: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Student's t interval of a mean over independent values, such as several seeds on one split.
 * Over folds it is too narrow, since their training sets overlap: see `correctedTInterval`.
 * @param level e.g. 0.95.
 */
export function tInterval(values: readonly number[], level: number): MeanInterval {
  return intervalOf(values, 1 / values.length, level);
}

/**
 * The corrected resampled t interval for folds or repeated splits of one cohort: 1/n of the variance becomes
 * 1/n + test/train. Nadeau & Bengio 2003 (Machine Learning 52:239), section 4, σ̂² = (1/J + n₂/n₁)·S².
 * @param testToTrain slides tested over slides trained on in each fold, e.g. 1/9 of ten folds.
 */
export function correctedTInterval(values: readonly number[], testToTrain: number, level: number): MeanInterval {
  return intervalOf(values, 1 / values.length + testToTrain, level);
}

/**
 * The corrected resampled t test of no mean difference over folds or repeated splits: two-sided p that agrees with
 * `correctedTInterval`. Holds where folds are repeated too (Bouckaert & Frank 2004, PAKDD, section 2.2).
 * @returns null with one value, and where all are the same but not 0: their spread says nothing.
 */
export function correctedT(values: readonly number[], testToTrain: number): number | null {
  const { n, mean, sd } = correctedTInterval(values, testToTrain, 0.95);
  if (mean === null || sd === null) return null;
  // Rounding leaves a trace of spread.
  if (sd <= 1e-12 * Math.abs(mean)) return mean === 0 ? 1 : null;
  return twoSidedT(mean / (sd * Math.sqrt(1 / n + testToTrain)), n - 1);
}

function intervalOf(values: readonly number[], share: number, level: number): MeanInterval {
  const n = values.length;
  if (n === 0) return { n, mean: null, sd: null, low: null, high: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean, sd: null, low: null, high: null };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const reach = tQuantile((1 + level) / 2, n - 1) * sd * Math.sqrt(share);
  return { n, mean, sd, low: mean - reach, high: mean + reach };
}

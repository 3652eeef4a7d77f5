import { patientResamples, type BootstrapOptions } from '../metrics/bootstrap.js';
import { quantileOfSorted } from '../metrics/quantile.js';
import type { Difference } from './delong.js';

/**
 * The difference of two models' metric on the same slides, with percentile interval and two-sided p by bootstrap over
 * patients: each resample is scored by both models. p is twice the smaller share of resamples at or beyond 0, counting
 * the sample itself, so that it is never 0 (Davison & Hinkley 1997, eq. 4.11).
 * @param patients the patient of each slide.
 * @param difference of the slides with the given indices, which may repeat; null where not defined.
 */
export function pairedBootstrap(patients: readonly string[], difference: (indices: Int32Array) => number | null, { resamples, level, random }: BootstrapOptions): Difference {
  const value = difference(Int32Array.from(patients.keys()));
  const drawn: number[] = [];
  for (const indices of patientResamples(patients, resamples, random)) {
    const here = difference(indices);
    if (here !== null) drawn.push(here);
  }
  if (value === null || drawn.length === 0) return { value, low: null, high: null, p: null };
  const sorted = Float64Array.from(drawn).sort();
  const tail = (1 - level) / 2;
  const beyond = Math.min(drawn.filter((here) => here <= 0).length, drawn.filter((here) => here >= 0).length);
  return { value, low: quantileOfSorted(sorted, tail), high: quantileOfSorted(sorted, 1 - tail), p: Math.min(1, (2 * (beyond + 1)) / (drawn.length + 1)) };
}

import type { BootstrapOptions } from '../metrics/bootstrap.js';
import { slideValues } from '../metrics/slides.js';
import { delongDifference, type Difference, type ScoredSample } from './delong.js';
import { benjaminiHochberg, holm } from './multiple-comparisons.js';
import { pairedBootstrap } from './paired-bootstrap.js';
import type { ComparedMetric } from './summarise-runs.js';

/** What a model says of the slides of a sample. */
export interface ComparedModel {
  readonly probabilities: ArrayLike<number>;
  /** Chosen on its own validation slides. */
  readonly threshold: number;
}

/** How two of the models differ: the first less the second. */
export interface ModelDifference {
  readonly first: number;
  readonly second: number;
  /** By bootstrap over patients. */
  readonly bootstrap: Difference;
  /** Of AUROC alone, where there are two sides. */
  readonly delong?: Difference;
  /** DeLong's where there is one, else the bootstrap's; null where not defined. */
  readonly p: number | null;
  /** p corrected for the number of pairs. */
  readonly corrected: { readonly holm: number | null; readonly benjaminiHochberg: number | null };
}

/** Its random stream starts each pair anew, so that no pair hangs on the others. */
export type PairBootstrap = Omit<BootstrapOptions, 'random'> & { random(): BootstrapOptions['random'] };

/** Compares a metric of every pair of models on the same slides. */
export function compareModels(sample: ScoredSample, models: readonly ComparedModel[], metric: ComparedMetric, bootstrap: PairBootstrap): ModelDifference[] {
  const values = models.map(({ probabilities, threshold }) => (indices: Int32Array) => slideValues(Uint8Array.from(indices, (i) => sample.labels[i]!), Float64Array.from(indices, (i) => probabilities[i]!), threshold)[metric]);
  const delong = (first: number, second: number): Difference => delongDifference(sample, models[first]!.probabilities, models[second]!.probabilities, bootstrap.level);
  return comparePairs(sample.patients, values, bootstrap, metric === 'auroc' ? delong : undefined);
}

/**
 * Compares every pair of models by bootstrap over patients.
 * @param values of each model: the metric of the slides with the given indices.
 * @param delong what tests a pair in the bootstrap's stead.
 */
export function comparePairs(patients: readonly string[], values: readonly ((indices: Int32Array) => number | null)[], bootstrap: PairBootstrap, delong?: (first: number, second: number) => Difference): ModelDifference[] {
  const pairs = values.flatMap((_, first) => values.slice(first + 1).map((__, i) => [first, first + 1 + i] as const));
  const differences = pairs.map(([first, second]) => {
    const difference = (indices: Int32Array): number | null => {
      const [ofFirst, ofSecond] = [values[first]!(indices), values[second]!(indices)];
      return ofFirst === null || ofSecond === null ? null : ofFirst - ofSecond;
    };
    const drawn = pairedBootstrap(patients, difference, { ...bootstrap, random: bootstrap.random() });
    const tested = delong?.(first, second);
    return { first, second, bootstrap: drawn, ...(tested ? { delong: tested } : {}), p: (tested ?? drawn).p };
  });
  const [ofHolm, ofBh] = [correctedKnown(differences, holm), correctedKnown(differences, benjaminiHochberg)];
  return differences.map((difference, i) => ({ ...difference, corrected: { holm: ofHolm[i]!, benjaminiHochberg: ofBh[i]! } }));
}

/** Corrects those p that are defined for their number; the others stay null. */
export function correctedKnown(tests: readonly { readonly p: number | null }[], correct: (ps: readonly number[]) => number[]): (number | null)[] {
  const corrected = correct(tests.flatMap(({ p }) => (p === null ? [] : [p])));
  let at = 0;
  return tests.map(({ p }) => (p === null ? null : corrected[at++]!));
}

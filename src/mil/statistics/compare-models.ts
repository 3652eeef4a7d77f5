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
  /** Of AUROC alone. */
  readonly delong?: Difference;
  /** DeLong's of AUROC, else the bootstrap's; null where not defined. */
  readonly p: number | null;
  /** p corrected for the number of pairs. */
  readonly corrected: { readonly holm: number | null; readonly benjaminiHochberg: number | null };
}

/** Compares a metric of every pair of models on the same slides. @param bootstrap its random stream starts each pair anew, so that no pair hangs on the others. */
export function compareModels(sample: ScoredSample, models: readonly ComparedModel[], metric: ComparedMetric, bootstrap: Omit<BootstrapOptions, 'random'> & { random(): BootstrapOptions['random'] }): ModelDifference[] {
  const pairs = models.flatMap((_, first) => models.slice(first + 1).map((__, i) => [first, first + 1 + i] as const));
  const differences = pairs.map(([first, second]) => {
    const [a, b] = [models[first]!, models[second]!];
    const difference = (indices: Int32Array): number | null => {
      const labels = Uint8Array.from(indices, (i) => sample.labels[i]!);
      const valueOf = ({ probabilities, threshold }: ComparedModel) => slideValues(labels, Float64Array.from(indices, (i) => probabilities[i]!), threshold)[metric];
      const [ofA, ofB] = [valueOf(a), valueOf(b)];
      return ofA === null || ofB === null ? null : ofA - ofB;
    };
    const drawn = pairedBootstrap(sample.patients, difference, { ...bootstrap, random: bootstrap.random() });
    const delong = metric === 'auroc' ? delongDifference(sample, a.probabilities, b.probabilities, bootstrap.level) : undefined;
    return { first, second, bootstrap: drawn, ...(delong ? { delong } : {}), p: (delong ?? drawn).p };
  });
  const tested = differences.flatMap(({ p }) => (p === null ? [] : [p]));
  const [ofHolm, ofBh] = [holm(tested), benjaminiHochberg(tested)];
  let at = 0;
  return differences.map((difference) => {
    const place = difference.p === null ? -1 : at++;
    return { ...difference, corrected: { holm: ofHolm[place] ?? null, benjaminiHochberg: ofBh[place] ?? null } };
  });
}

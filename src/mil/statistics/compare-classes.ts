import { classValues, type ClassOptions } from '../metrics/class-values.js';
import { comparePairs, correctedKnown, type ModelDifference, type PairBootstrap } from './compare-models.js';
import { delongDifference, type Difference } from './delong.js';
import { holm } from './multiple-comparisons.js';
import type { ComparedMetric } from './summarise-runs.js';

/** Slides of several classes that every model has scored. */
export interface ClassedSample extends Omit<ClassOptions, 'threshold'> {
  readonly patients: readonly string[];
  /** Which classes each slide has. */
  readonly classes: readonly (readonly number[])[];
}

/** What a model says of each slide. */
export interface ClassedModel {
  /** Of each class [C], slide by slide. */
  readonly probabilities: readonly (readonly number[])[];
  /** Chosen on its own validation slides. */
  readonly threshold: number;
}

/** How the AUROCs of two models for one class against the rest differ, by DeLong. */
export interface ClassDifference extends Difference {
  readonly first: number;
  readonly second: number;
  /** Index of the class. */
  readonly class: number;
  /** p corrected by Holm for all classes of all pairs. */
  readonly holm: number | null;
}

/**
 * Compares a metric of every pair of models, where it is a mean over classes, by bootstrap over patients; and of AUROC
 * each class against the rest, by DeLong.
 */
export function compareClassModels(sample: ClassedSample, models: readonly ClassedModel[], metric: ComparedMetric, bootstrap: PairBootstrap): { readonly differences: ModelDifference[]; readonly ofClasses: ClassDifference[] } {
  const { patients, classes } = sample;
  const values = models.map(({ probabilities, threshold }) => {
    const valuesOf = classValues(patients.map((patient, i) => ({ patient, classes: classes[i]!, probabilities: probabilities[i]! })), { ...sample, threshold });
    return (indices: Int32Array) => valuesOf(indices)[metric];
  });
  const differences = comparePairs(patients, values, bootstrap);
  if (metric !== 'auroc') return { differences, ofClasses: [] };
  const tests = differences.flatMap(({ first, second }) =>
    sample.names.map((_, k) => {
      const labels = classes.map((of) => Number(of.includes(k)));
      const scores = (model: number): number[] => models[model]!.probabilities.map((of) => of[k]!);
      return { first, second, class: k, ...delongDifference({ labels, patients }, scores(first), scores(second), bootstrap.level) };
    }),
  );
  const corrected = correctedKnown(tests, holm);
  return { differences, ofClasses: tests.map((test, i) => ({ ...test, holm: corrected[i]! })) };
}

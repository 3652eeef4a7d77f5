import { readFileSync } from 'node:fs';

/** A number that is null where it is not defined. */
type Maybe = number | null;

interface Sample {
  readonly labels: readonly number[];
  /** Numbered as they first appear. */
  readonly patients: readonly number[];
  /** What two models say. */
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** What `test/golden/statistics/shapes.py` wrote: small samples with ties, a class missing, several slides a patient. */
export interface ShapesGolden {
  readonly samples: readonly (Sample & Readonly<Record<'averagePrecision' | 'accuracy' | 'balancedAccuracy' | 'f1' | 'brier', Maybe>> & {
    readonly validation: { readonly labels: readonly number[]; readonly probabilities: readonly number[] };
    readonly covariance: readonly (readonly number[])[] | null;
    /** Value, low, high. */
    readonly delong: readonly Maybe[];
    /** Value, low, high, p. */
    readonly difference: readonly Maybe[];
    readonly ece: { readonly equalWidth: number; readonly equalMass: number };
    readonly points: readonly { readonly threshold: Maybe; readonly hits: number; readonly spared: number }[];
    /** Threshold, of the model, of treating all. */
    readonly benefit: readonly (readonly [number, number, number])[];
  })[];
  /** Whole hundredths. */
  readonly wilcoxon: readonly { readonly a: readonly number[]; readonly b: readonly number[]; readonly n: number; readonly statistic: number; readonly p: number }[];
  readonly corrections: readonly { readonly p: readonly number[]; readonly holm: readonly number[]; readonly bh: readonly number[] }[];
  readonly bootstrap: { readonly resamples: number; readonly samples: readonly (Sample & Readonly<Record<'auroc' | 'accuracy' | 'gap', Band>> & { readonly skipped: number; /** Of resamples with a difference of at most, and at least, 0. */ readonly shares: readonly [number, number] })[] };
  readonly classes: readonly { readonly names: readonly string[]; readonly exclusive: boolean; readonly negative: boolean; readonly threshold: number; readonly truth: readonly (readonly number[])[]; readonly probabilities: readonly (readonly number[])[]; readonly values: Readonly<Record<'auroc' | 'averagePrecision' | 'f1' | 'brier' | 'accuracy' | 'balancedAccuracy', Maybe>> }[];
  readonly studies: readonly StudyGolden[];
}

/** Between which low, and between which high end of a percentile interval must lie. */
type Band = readonly [number, number, number, number];

/** Test AUROCs of studies, [study][repeat and fold][seed], and how every pair of studies differs. */
export interface StudyGolden {
  readonly repeats: number;
  readonly folds: number;
  readonly seeds: readonly number[];
  /** Slides tested and trained on, of each run. */
  readonly test: number;
  readonly train: number;
  readonly aurocs: readonly (readonly (readonly number[])[])[];
  readonly differences: readonly { readonly over: string; readonly values: readonly number[]; readonly mean: number; readonly sd: number; readonly low: number; readonly high: number; readonly test: string; readonly p: number; readonly holm: number }[];
}

export const shapes = JSON.parse(readFileSync(new URL('../../../golden/statistics/shapes.json', import.meta.url), 'utf8')) as ShapesGolden;

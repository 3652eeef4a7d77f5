import { readFileSync } from 'node:fs';

interface Sample {
  readonly labels: number[];
}

/** What `test/golden/statistics/make.py` wrote. */
export interface StatisticsGolden {
  readonly delong: readonly (Sample & { a: number[]; b: number[]; patients: string[]; aurocs: number[]; covariance: number[][]; interval: [number, number]; difference: [number, number, number, number] })[];
  readonly t: readonly { values: number[]; ratio: number; sd: number; mean: number; plain: [number, number]; corrected: [number, number] }[];
  readonly wilson: readonly { count: number; of: number; level: number; interval: [number, number] }[];
  readonly wilcoxon: readonly { a: number[]; b: number[]; statistic: number; p: number }[];
  readonly multiple: { p: number[]; holm: number[]; bh: number[] };
  readonly calibration: readonly (Sample & { probabilities: number[]; slope: [number, number, number]; intercept: [number, number, number]; width: Bins; mass: Bins })[];
  readonly normal: { z: number[]; p: number[]; level: number[]; reach: number[] };
}

interface Bins {
  readonly predicted: number[];
  readonly observed: number[];
  readonly ece: number;
}

export const golden = JSON.parse(readFileSync(new URL('../../../golden/statistics/statistics.json', import.meta.url), 'utf8')) as StatisticsGolden;

/** Asserts that numbers are the same to `digits` after the point. */
export function close(found: readonly (number | null)[], wanted: readonly number[], digits = 10): string | true {
  if (found.length !== wanted.length) return `${found.length} numbers instead of ${wanted.length}`;
  const wrong = found.findIndex((value, i) => value === null || !(Math.abs(value - wanted[i]!) <= 10 ** -digits));
  return wrong < 0 ? true : `number ${wrong} is ${found[wrong]}, not ${wanted[wrong]}`;
}

/** A cohort of several classes and two models, of `test/golden/statistics/classes.py`; triples are value, low and high. */
export interface ClassesGolden {
  readonly exclusive: boolean;
  readonly negative: boolean;
  /** Of each model. */
  readonly thresholds: readonly number[];
  /** Numbered as they first appear. */
  readonly patients: readonly number[];
  readonly classes: readonly (readonly number[])[];
  /** Of each model, slide and class. */
  readonly probabilities: readonly (readonly (readonly number[])[])[];
  readonly validation: { readonly classes: readonly (readonly number[])[]; readonly probabilities: readonly (readonly number[])[] };
  /** Patients of each resample. */
  readonly draws: readonly (readonly number[])[];
  /** Of the first model. */
  readonly metrics: Readonly<Record<MacroMetric, readonly number[]>>;
  /** Of the models, with p. */
  readonly differences: Readonly<Record<MacroMetric, readonly number[]>>;
  /** Each class against the rest, of the first model. */
  readonly each: readonly { readonly auroc: number[]; readonly ece: Ece; readonly intercept: number[]; readonly slope: number[]; readonly points: readonly { readonly threshold: number | null; readonly hits: number; readonly spared: number }[] }[];
  /** DeLong's difference of each class, with p. */
  readonly tests: readonly number[][];
  readonly holm: readonly number[];
  readonly topEce: Ece;
  readonly classwise: Ece;
  /** Macro AUROC of the models' mean, and of each. */
  readonly pooled: { readonly auroc: number; readonly each: readonly number[] };
}

type MacroMetric = 'auroc' | 'accuracy' | 'balancedAccuracy' | 'f1';

interface Ece {
  readonly equalMass: number;
  readonly equalWidth: number;
}

export const goldenClasses = JSON.parse(readFileSync(new URL('../../../golden/statistics/classes.json', import.meta.url), 'utf8')) as readonly ClassesGolden[];

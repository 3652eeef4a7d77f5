import type { Estimate } from '../../shared/run/metrics.js';
import { normalReach, twoSidedP } from './distributions.js';
import { placements } from './placements.js';

/** A sample of which every model has scored every slide. */
export interface ScoredSample {
  /** 1 or 0. */
  readonly labels: ArrayLike<number>;
  /** The patient of each slide: slides of one patient are not independent. */
  readonly patients: readonly string[];
}

/** AUROCs of one or more models on the same slides, and how they vary together. */
export interface AurocCovariance {
  readonly aurocs: readonly number[];
  /** Undefined where a class has fewer than two patients. */
  readonly covariance: readonly (readonly number[])[] | undefined;
}

/**
 * Variances and covariances of AUROCs, by DeLong, DeLong & Clarke-Pearson 1988 (Biometrics 44:837), placements as in
 * Sun & Xu 2014, with the sums over patients of Obuchowski 1997 (Biometrics 53:567, eqs. 4–8): with one slide a patient
 * it is DeLong's, with more it is wider.
 * @param scores one array a model.
 * @returns undefined where a class is missing or a score is not a number.
 */
export function aurocCovariance({ labels, patients }: ScoredSample, scores: readonly ArrayLike<number>[]): AurocCovariance | undefined {
  const slides = Array.from({ length: labels.length }, (_, i) => i);
  const patientsOf = (label: number): Set<string> => new Set(slides.filter((i) => labels[i] === label).map((i) => patients[i]!));
  const counts = [patientsOf(1).size, patientsOf(0).size] as const;
  if (Math.min(...counts) === 0 || scores.some((of) => slides.some((i) => Number.isNaN(of[i])))) return undefined;

  const models = scores.map((of) => deviations(labels, patients, of));
  const aurocs = models.map(({ auroc }) => auroc);
  if (Math.min(...counts) === 1) return { aurocs, covariance: undefined };
  const positives = slides.filter((i) => labels[i] === 1).length;
  const negatives = labels.length - positives;
  const everyone = new Set(patients).size;
  const [ofPositives, ofNegatives, ofBoth] = [corrected(counts[0]) / positives ** 2, corrected(counts[1]) / negatives ** 2, corrected(everyone) / (positives * negatives)];
  const covariance = models.map((a) => models.map((b) => ofPositives * product(a.positive, b.positive) + ofNegatives * product(a.negative, b.negative) + ofBoth * (product(a.positive, b.negative) + product(a.negative, b.positive))));
  return { aurocs, covariance };
}

/**
 * The AUROC with DeLong's interval, on the scale of the logit, so that it stays between 0 and 1 and is not symmetric
 * near 1 (Pepe 2003, The Statistical Evaluation of Medical Tests, p. 107).
 * No interval where every pair is ranked right, or every one wrong, for the variance is then estimated as 0; nor where a
 * class has a single patient.
 * @param level e.g. 0.95.
 */
export function delongInterval(sample: ScoredSample, scores: ArrayLike<number>, level: number): Estimate {
  const found = aurocCovariance(sample, [scores]);
  if (!found) return { value: null, low: null, high: null };
  const value = found.aurocs[0]!;
  const variance = found.covariance?.[0]?.[0] ?? 0;
  if (!(variance > 0) || value <= 0 || value >= 1) return { value, low: null, high: null };
  const centre = Math.log(value / (1 - value));
  const reach = (normalReach(level) * Math.sqrt(variance)) / (value * (1 - value));
  const back = (x: number): number => 1 / (1 + Math.exp(-x));
  return { value, low: back(centre - reach), high: back(centre + reach) };
}

/** A difference with its interval and its two-sided p; null where it is not defined. */
export interface Difference extends Estimate {
  readonly p: number | null;
}

/** AUROC of `a` less that of `b` on the same slides, with DeLong's interval and test of no difference. */
export function delongDifference(sample: ScoredSample, a: ArrayLike<number>, b: ArrayLike<number>, level: number): Difference {
  const found = aurocCovariance(sample, [a, b]);
  if (!found) return { value: null, low: null, high: null, p: null };
  const value = found.aurocs[0]! - found.aurocs[1]!;
  if (!found.covariance) return { value, low: null, high: null, p: null };
  const [[ofFirst, shared], [, ofSecond]] = found.covariance as [[number, number], [number, number]];
  const error = Math.sqrt(Math.max(0, ofFirst + ofSecond - 2 * shared));
  // Rounding leaves a trace of variance where two models rank all slides alike.
  if (error < 1e-12) return value === 0 ? { value, low: 0, high: 0, p: 1 } : { value, low: null, high: null, p: null };
  const reach = normalReach(level) * error;
  return { value, low: value - reach, high: value + reach, p: twoSidedP(value / error) };
}

/** Sums over each patient's slides of placement less AUROC, in one order of patients for all models. */
function deviations(labels: ArrayLike<number>, patients: readonly string[], scores: ArrayLike<number>): { auroc: number; positive: Float64Array; negative: Float64Array } {
  const { auroc, positives, negatives } = placements(labels, scores);
  const places = new Map([...new Set(patients)].map((patient, i) => [patient, i]));
  const [positive, negative] = [new Float64Array(places.size), new Float64Array(places.size)];
  let [p, n] = [0, 0];
  patients.forEach((patient, i) => {
    const place = places.get(patient)!;
    if (labels[i] === 1) positive[place] = positive[place]! + positives[p++]! - auroc;
    else negative[place] = negative[place]! + negatives[n++]! - auroc;
  });
  return { auroc, positive, negative };
}

const corrected = (count: number): number => count / (count - 1);

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

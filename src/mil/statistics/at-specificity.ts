import type { OperatingPoint } from '../../shared/run/statistics.js';
import { confusionAt } from '../metrics/decisions.js';
import { operatingPoints } from '../metrics/operating-points.js';
import { wilson } from './wilson.js';

/** Labels and what was predicted of them. */
export interface Predicted {
  readonly labels: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
}

/**
 * The lowest threshold that keeps the specificity on these slides, among their scores.
 * @returns null where only calling nothing positive does, or a class is missing.
 */
export function thresholdAtSpecificity({ labels, probabilities }: Predicted, specificity: number): number | null {
  const points = operatingPoints(labels, probabilities);
  if (!points) return null;
  const { thresholds, falsePositives, negatives } = points;
  // Counts are compared, not shares: 1 − 0.9 is no tenth in binary.
  const allowed = negatives - Math.ceil(specificity * negatives - 1e-9);
  const kept = falsePositives.filter((count) => count <= allowed).length;
  return kept === 0 ? null : thresholds[kept - 1]!;
}

/** Sensitivity and specificity of a sample at the threshold `chosenOn`, usually validation, sets for a specificity; Wilson intervals. */
export function atSpecificity(chosenOn: Predicted, { labels, probabilities }: Predicted, target: number, level: number): OperatingPoint {
  const threshold = thresholdAtSpecificity(chosenOn, target);
  const { truePositives, falseNegatives, trueNegatives, falsePositives } = confusionAt(labels, probabilities, threshold ?? Infinity);
  return { target, threshold, sensitivity: wilson(truePositives, truePositives + falseNegatives, level), specificity: wilson(trueNegatives, trueNegatives + falsePositives, level) };
}

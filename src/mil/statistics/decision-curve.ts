import type { DecisionPoint } from '../../shared/run/statistics.js';
import { confusionAt } from '../metrics/decisions.js';

/** Thresholds a decision curve is told at: 0.02, 0.04 … 0.98. */
export const decisionThresholds: readonly number[] = Array.from({ length: 49 }, (_, i) => (2 * i + 2) / 100);

/**
 * Net benefit of treating those at or above each threshold, TP/n − FP/n · t/(1 − t), and of treating all; treating
 * none has 0. Vickers & Elkin 2006 (Med. Decis. Making 26:565). The prevalence is that of the sample.
 */
export function decisionCurve(labels: ArrayLike<number>, probabilities: ArrayLike<number>, thresholds: readonly number[] = decisionThresholds): DecisionPoint[] {
  const n = labels.length;
  const prevalence = Array.from(labels).reduce((sum, label) => sum + label, 0) / n;
  return thresholds.map((threshold) => {
    const odds = threshold / (1 - threshold);
    const { truePositives, falsePositives } = confusionAt(labels, probabilities, threshold);
    return { threshold, model: truePositives / n - (falsePositives / n) * odds, all: prevalence - (1 - prevalence) * odds };
  });
}

import type { EvaluationOptions } from '../../shared/experiment/index.js';
import { operatingPoints, type OperatingPoints } from './operating-points.js';

/**
 * The threshold at argmin(FPR − TPR), the highest of equals; where calling everything negative is
 * best, one above the highest score.
 */
export function youdenThreshold({ thresholds, truePositives, falsePositives, positives, negatives }: OperatingPoints): number {
  let best = 0;
  let threshold = thresholds[0] + 1;
  for (let i = 0; i < thresholds.length; i++) {
    const loss = falsePositives[i] / negatives - truePositives[i] / positives;
    if (loss < best) {
      best = loss;
      threshold = thresholds[i];
    }
  }
  return threshold;
}

/** The highest F1 and the threshold it is reached at, the lowest of equals. F1 carries the reference's ε: 2PR/(P + R + 1e-10). */
export function maximumF1({ thresholds, truePositives, falsePositives, positives }: OperatingPoints): { f1: number; threshold: number } {
  let f1 = -Infinity;
  let threshold = NaN;
  for (let i = 0; i < thresholds.length; i++) {
    const precision = truePositives[i] / (truePositives[i] + falsePositives[i]);
    const recall = truePositives[i] / positives;
    const here = (2 * recall * precision) / (recall + precision + 1e-10);
    if (here >= f1) {
      f1 = here;
      threshold = thresholds[i];
    }
  }
  return { f1, threshold };
}

/** The decision threshold a rule chooses; 0.5 where the rule is undefined, for want of a class. */
export function chooseThreshold(rule: EvaluationOptions['threshold'], labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const points = rule === 'half' ? undefined : operatingPoints(labels, scores);
  if (!points) return 0.5;
  return rule === 'youden' ? youdenThreshold(points) : maximumF1(points).threshold;
}

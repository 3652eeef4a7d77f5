import type { OperatingPoints } from './operating-points.js';

/** Area under the ROC curve; ties count half. */
export function auroc({ truePositives, falsePositives, positives, negatives }: OperatingPoints): number {
  let twice = 0;
  let tp = 0;
  let fp = 0;
  for (let i = 0; i < truePositives.length; i++) {
    twice += (falsePositives[i] - fp) * (truePositives[i] + tp);
    tp = truePositives[i];
    fp = falsePositives[i];
  }
  return twice / (2 * positives * negatives);
}

/** Average precision, Σ (Rᵢ − Rᵢ₋₁)·Pᵢ, as scikit-learn has it: no interpolation. */
export function averagePrecision({ truePositives, falsePositives, positives }: OperatingPoints): number {
  let sum = 0;
  let tp = 0;
  for (let i = 0; i < truePositives.length; i++) {
    sum += ((truePositives[i] - tp) * truePositives[i]) / (truePositives[i] + falsePositives[i]);
    tp = truePositives[i];
  }
  return sum / positives;
}

/** Area under the precision-recall curve by trapezoids, from (recall 0, precision 1); optimistic, kept to compare with the reference. */
export function areaUnderPrCurve({ truePositives, falsePositives, positives }: OperatingPoints): number {
  let sum = 0;
  let tp = 0;
  let precision = 1;
  for (let i = 0; i < truePositives.length; i++) {
    const here = truePositives[i] / (truePositives[i] + falsePositives[i]);
    sum += ((truePositives[i] - tp) * (here + precision)) / 2;
    tp = truePositives[i];
    precision = here;
  }
  return sum / positives;
}

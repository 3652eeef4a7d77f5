/** How decisions at a threshold came out. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** Calls a score at or above the threshold positive. labels: 0 or 1. */
export function confusionAt(labels: ArrayLike<number>, scores: ArrayLike<number>, threshold: number): Confusion {
  let truePositives = 0;
  let falsePositives = 0;
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    const called = scores[i] >= threshold ? 1 : 0;
    positives += labels[i];
    truePositives += called * labels[i];
    falsePositives += called * (1 - labels[i]);
  }
  return { truePositives, falsePositives, trueNegatives: labels.length - positives - falsePositives, falseNegatives: positives - truePositives };
}

/** Null without anything decided. */
export function accuracy(c: Confusion): number | null {
  const correct = c.truePositives + c.trueNegatives;
  return ratio(correct, correct + c.falsePositives + c.falseNegatives);
}

/** Null where nothing is called positive. */
export function precision(c: Confusion): number | null {
  return ratio(c.truePositives, c.truePositives + c.falsePositives);
}

/** Null where nothing is positive. */
export function recall(c: Confusion): number | null {
  return ratio(c.truePositives, c.truePositives + c.falseNegatives);
}

/** 2TP / (2TP + FP + FN); null where nothing is positive nor called so. */
export function f1(c: Confusion): number | null {
  return ratio(2 * c.truePositives, 2 * c.truePositives + c.falsePositives + c.falseNegatives);
}

/** Mean of the recalls of both classes; null where a class is missing. */
export function balancedAccuracy(c: Confusion): number | null {
  const ofPositives = recall(c);
  const ofNegatives = ratio(c.trueNegatives, c.trueNegatives + c.falsePositives);
  return ofPositives === null || ofNegatives === null ? null : (ofPositives + ofNegatives) / 2;
}

/** Cohen's kappa; null where chance alone agrees on everything. */
export function kappa(c: Confusion): number | null {
  const total = c.truePositives + c.falsePositives + c.trueNegatives + c.falseNegatives;
  const positives = c.truePositives + c.falseNegatives;
  const called = c.truePositives + c.falsePositives;
  // Both sides times total², so that the counts stay whole numbers.
  const chance = positives * called + (total - positives) * (total - called);
  return ratio(total * (c.truePositives + c.trueNegatives) - chance, total * total - chance);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

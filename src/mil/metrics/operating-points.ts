/**
 * Every operating point of a score: an instance is called positive when its score is at or above
 * the threshold. One entry for each distinct score, from the highest down.
 */
export interface OperatingPoints {
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  /** Truly positive and truly negative, in all. */
  readonly positives: number;
  readonly negatives: number;
}

/** @returns undefined where nothing can be ranked: a class is missing or a score is NaN. */
export function operatingPoints(labels: ArrayLike<number>, scores: ArrayLike<number>): OperatingPoints | undefined {
  const [positive, negative] = splitByLabel(labels, scores);
  if (positive.length === 0 || negative.length === 0) return undefined;
  // Two sorts of bare numbers and a merge: far faster than sorting a million indices by their scores.
  positive.sort();
  negative.sort();
  // NaN sorts behind everything else.
  if (Number.isNaN(positive[positive.length - 1]) || Number.isNaN(negative[negative.length - 1])) return undefined;

  const thresholds = new Float64Array(labels.length);
  const truePositives = new Float64Array(labels.length);
  const falsePositives = new Float64Array(labels.length);
  let points = 0;
  let p = positive.length;
  let n = negative.length;
  while (p > 0 || n > 0) {
    const threshold = Math.max(p > 0 ? positive[p - 1] : -Infinity, n > 0 ? negative[n - 1] : -Infinity);
    while (p > 0 && positive[p - 1] === threshold) p--;
    while (n > 0 && negative[n - 1] === threshold) n--;
    thresholds[points] = threshold;
    truePositives[points] = positive.length - p;
    falsePositives[points] = negative.length - n;
    points++;
  }
  return {
    thresholds: thresholds.subarray(0, points),
    truePositives: truePositives.subarray(0, points),
    falsePositives: falsePositives.subarray(0, points),
    positives: positive.length,
    negatives: negative.length,
  };
}

function splitByLabel(labels: ArrayLike<number>, scores: ArrayLike<number>): [positive: Float64Array, negative: Float64Array] {
  let count = 0;
  for (let i = 0; i < labels.length; i++) count += labels[i] === 1 ? 1 : 0;
  const positive = new Float64Array(count);
  const negative = new Float64Array(labels.length - count);
  let p = 0;
  let n = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) positive[p++] = scores[i];
    else negative[n++] = scores[i];
  }
  return [positive, negative];
}

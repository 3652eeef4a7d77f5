import type { RankingOptions, TopInstances } from './top-instances.js';

/**
 * How far a pair falls short of the margin: margin − positive + negative. Above 0 it violates the
 * margin by that much; below 0 it keeps it with that much to spare.
 */
export function shortfall(positive: number, negative: number, margin: number): number {
  return margin - positive + negative;
}

/** The ranking loss of a pair of bags, before its weight, as `compare` says; in float64 the same number as `rankingLoss` on tensors. */
export function rankingOf(positive: TopInstances, negative: TopInstances, { margin, compare }: Pick<RankingOptions, 'margin' | 'compare'>): number {
  return compare === 'pairs' ? meanHinge(positive, negative, margin) : hinge(positive.mean, negative.mean, margin);
}

/** The hinge of what lies between two values. */
export function hinge(positive: number, negative: number, margin: number): number {
  return Math.max(0, shortfall(positive, negative, margin));
}

/**
 * The shortfall of every instance of the positive bag against every one of the negative,
 * [positives × negatives] row by row. Its mean is the shortfall of the bags, which is all that the loss sees.
 */
export function shortfalls(positive: TopInstances, negative: TopInstances, margin: number): Float64Array {
  const columns = negative.values.length;
  const matrix = new Float64Array(positive.values.length * columns);
  positive.values.forEach((value, row) => negative.values.forEach((other, column) => (matrix[row * columns + column] = shortfall(value, other, margin))));
  return matrix;
}

/** The mean hinge of the instance pairs. Both sides descend, so one walk along them sums all. */
function meanHinge(positive: TopInstances, negative: TopInstances, margin: number): number {
  if (Number.isNaN(positive.mean) || Number.isNaN(negative.mean)) return NaN;
  let sum = 0;
  let above = 0;
  let ofAbove = 0;
  for (const value of positive.values) {
    while (above < negative.values.length && shortfall(value, negative.values[above], margin) > 0) ofAbove += negative.values[above++];
    sum += above * (margin - value) + ofAbove;
  }
  return sum / (positive.values.length * negative.values.length);
}

/** With how many instances of the other side one of the positive or the negative bag violates the margin. */
export function violatedBy(value: number, label: 0 | 1, others: TopInstances, margin: number): number {
  return others.values.reduce((count, other) => count + ((label === 1 ? shortfall(value, other, margin) : shortfall(other, value, margin)) > 0 ? 1 : 0), 0);
}

/** How many of the instance pairs violate the margin. Both sides descend, so one walk along them counts all. */
export function violations(positive: TopInstances, negative: TopInstances, margin: number): number {
  let count = 0;
  let above = 0;
  for (const value of positive.values) {
    while (above < negative.values.length && shortfall(value, negative.values[above], margin) > 0) above++;
    count += above;
  }
  return count;
}

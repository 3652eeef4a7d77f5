import type { TopInstances } from './top-instances.js';

/**
 * How far a pair falls short of the margin: margin − positive + negative. Above 0 it violates the
 * margin by that much; below 0 it keeps it with that much to spare.
 */
export function shortfall(positive: number, negative: number, margin: number): number {
  return margin - positive + negative;
}

/** The ranking loss of a pair, before its weight, from the means of what it compares. */
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

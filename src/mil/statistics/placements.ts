/** How the positives and negatives of a sample lie to one another. */
export interface Placements {
  readonly auroc: number;
  /** Of each positive, in the order of the sample: the share of negatives it scores above, ties half. */
  readonly positives: Float64Array;
  /** Of each negative: the share of positives that score above it, ties half. */
  readonly negatives: Float64Array;
}

/**
 * Placement values from midranks: those among all less those within the class, O(n log n).
 * Sun & Xu 2014 (IEEE Signal Process. Lett. 21:1389), eqs. 5–8. Both classes must be present.
 */
export function placements(labels: ArrayLike<number>, scores: ArrayLike<number>): Placements {
  const indices = Array.from({ length: labels.length }, (_, i) => i);
  const positive = indices.filter((i) => labels[i] === 1);
  const negative = indices.filter((i) => labels[i] !== 1);
  const of = (chosen: readonly number[]): Float64Array => midranks(Float64Array.from(chosen, (i) => scores[i]!));
  const [all, within, without] = [of([...positive, ...negative]), of(positive), of(negative)];
  const [m, n] = [positive.length, negative.length];
  const positives = within.map((rank, i) => (all[i]! - rank) / n);
  const negatives = without.map((rank, j) => 1 - (all[m + j]! - rank) / m);
  return { auroc: positives.reduce((sum, value) => sum + value, 0) / m, positives, negatives };
}

/** Ranks from 1; equal values share the mean of theirs. */
export function midranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2;
  }
  return ranks;
}

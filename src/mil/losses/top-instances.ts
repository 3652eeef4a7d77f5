import type { LossOptions } from '../../shared/experiment/index.js';

/** The part of the loss options that the ranking loss reads. */
export type RankingOptions = Pick<LossOptions, 'topK' | 'margin' | 'scoreSpace'>;

/** The instances of a bag that the ranking loss compares: its topK highest, K clipped to the bag. */
export interface TopInstances {
  /** Indices in the bag, highest first; equal logits in instance order. */
  readonly indices: Int32Array;
  /** What the loss sees of each: its logit, or its probability, as `scoreSpace` says. */
  readonly values: Float64Array;
  /** Mean of the values; NaN where a logit of the bag is no number. */
  readonly mean: number;
}

/** Picks the instances the ranking loss compares. logits: [N], N ≥ 1. */
export function topInstances(logits: ArrayLike<number>, { topK, scoreSpace }: Pick<RankingOptions, 'topK' | 'scoreSpace'>): TopInstances {
  const indices = highest(logits, topK);
  const values = Float64Array.from(indices, (index) => (scoreSpace === 'probability' ? 1 / (1 + Math.exp(-logits[index])) : logits[index]));
  return { indices, values, mean: values.reduce((sum, value) => sum + value, 0) / values.length };
}

/** Indices of the `count` highest values, highest first, equals in order. NaN counts as higher than any number, so that it is seen. */
export function highest(values: ArrayLike<number>, count: number): Int32Array {
  const keys = new Float64Array(values.length);
  for (let i = 0; i < keys.length; i++) keys[i] = Number.isNaN(values[i]) ? Infinity : values[i];
  const least = nthHighest(keys, count);
  const above: number[] = [];
  const equal: number[] = [];
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] > least) above.push(i);
    else if (keys[i] === least && equal.length < count) equal.push(i);
  }
  above.sort((a, b) => keys[b] - keys[a] || a - b);
  return Int32Array.from([...above, ...equal.slice(0, Math.min(count, keys.length) - above.length)]);
}

/** Beyond so many, sorting all is faster than keeping the highest in order. */
const mostKept = 64;

/** The value from which on there are `count`; the lowest of all where there are fewer. */
function nthHighest(keys: Float64Array, count: number): number {
  // Bare numbers sort far faster than indices would.
  if (count > mostKept || count >= keys.length) return keys.slice().sort()[Math.max(0, keys.length - count)];
  const kept = keys.slice(0, count).sort();
  for (let i = count; i < keys.length; i++) {
    if (keys[i] <= kept[0]) continue;
    let place = 0;
    while (place + 1 < count && kept[place + 1] < keys[i]) kept[place] = kept[++place];
    kept[place] = keys[i];
  }
  return kept[0];
}

import { quantileOfSorted } from '../mil/metrics/index.js';
import type { ScoredPatches } from './patches.js';

export interface MinedNegatives {
  /** Indices of patches, ascending. */
  readonly patches: Int32Array;
  /** The global quantile the bank starts from; null without a negative patch. */
  readonly threshold: number | null;
}

/**
 * Hard negatives (paper §3): the patches of negative slides at or above the global 1 − ratio
 * quantile of their scores. Patches whose score is no number are passed over.
 *
 * With a cap below 1 no slide may fill more than that share of the bank. The places it loses go to
 * the next-highest patches of the other slides, so the bank keeps its size; where too few slides
 * are left to keep both, the bank is smaller and the cap still counts from its full size.
 *
 * @param ratio share of the patches of negative slides, 0–1.
 * @param perSlideCap share of the bank, 0–1; 1 turns the cap off.
 */
export function mineHardNegatives(patches: ScoredPatches, ratio: number, perSlideCap: number): MinedNegatives {
  const negatives = negativePatches(patches);
  if (negatives.length === 0) return { patches: negatives, threshold: null };
  const sorted = Float64Array.from(negatives, (patch) => patches.scores[patch]).sort();
  const threshold = quantileOfSorted(sorted, 1 - ratio);
  if (perSlideCap >= 1) return { patches: negatives.filter((patch) => patches.scores[patch] >= threshold), threshold };

  const size = sorted.length - firstAtLeast(sorted, threshold);
  const places = Math.max(1, Math.floor(perSlideCap * size));
  const lowest = loweredThreshold(patches, negatives, sorted, size, places);
  return { patches: capped(patches, negatives.filter((patch) => patches.scores[patch] >= lowest), places, size), threshold };
}

function negativePatches({ scores, slideOf, labels }: ScoredPatches): Int32Array {
  const isNegative = (patch: number) => labels[slideOf[patch]] === 0 && !Number.isNaN(scores[patch]);
  let count = 0;
  for (let patch = 0; patch < scores.length; patch++) count += isNegative(patch) ? 1 : 0;
  const negatives = new Int32Array(count);
  let at = 0;
  for (let patch = 0; patch < scores.length; patch++) if (isNegative(patch)) negatives[at++] = patch;
  return negatives;
}

/** Index of the first value at or above `value`. */
function firstAtLeast(ascending: Float64Array, value: number): number {
  return bisect(ascending.length, (index) => ascending[index] >= value);
}

/** The highest score down to which the slides, each with at most `places`, fill `size`; the lowest score where they never do. */
function loweredThreshold({ scores, slideOf, labels }: ScoredPatches, negatives: Int32Array, ascending: Float64Array, size: number, places: number): number {
  const filled = (threshold: number) => {
    const used = new Int32Array(labels.length);
    let total = 0;
    for (const patch of negatives) if (scores[patch] >= threshold && used[slideOf[patch]]++ < places) total++;
    return total;
  };
  const tooHigh = bisect(ascending.length, (index) => filled(ascending[index]) < size);
  return ascending[Math.max(0, tooHigh - 1)];
}

/** The first index in [0, length) where the monotone condition holds; length where it never does. */
function bisect(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Takes the highest first, at most `places` of a slide and `size` in all; equal scores in the order of the patches. */
function capped({ scores, slideOf, labels }: ScoredPatches, candidates: Int32Array, places: number, size: number): Int32Array {
  const used = new Int32Array(labels.length);
  const descending = candidates.slice().sort((a, b) => scores[b] - scores[a] || a - b);
  return descending
    .filter((patch) => used[slideOf[patch]]++ < places)
    .subarray(0, size)
    .sort();
}

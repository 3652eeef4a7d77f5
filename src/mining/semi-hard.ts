import { quantileOfSorted } from '../mil/metrics/index.js';
import { negativePatches } from './hard-negatives.js';
import type { ScoredPatches } from './patches.js';

/**
 * The patches with no score where it lies above the 1 − share quantile of those of negative slides;
 * selection passes over what has none. Equal scores at the quantile stay.
 *
 * @param share of the patches of negative slides, 0–1; 0 leaves all in.
 */
export function withoutHardest(patches: ScoredPatches, share: number): ScoredPatches {
  const negatives = negativePatches(patches);
  if (share === 0 || negatives.length === 0) return patches;
  const highest = quantileOfSorted(Float64Array.from(negatives, (patch) => patches.scores[patch]).sort(), 1 - share);
  const scores = patches.scores.slice();
  for (const patch of negatives) if (scores[patch] > highest) scores[patch] = NaN;
  return { ...patches, scores };
}

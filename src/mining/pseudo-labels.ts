import type { ScoredPatches } from './patches.js';

/**
 * Patches of positive slides that are not trusted positives: their pseudo-label is negative, but
 * uncertain, so they stay out of the denominators of negative anchors (design §4).
 *
 * @param positives trusted positives, ascending.
 * @returns indices of patches, ascending.
 */
export function uncertainPatches({ scores, slideOf, labels }: ScoredPatches, positives: Int32Array): Int32Array {
  const uncertain = new Int32Array(scores.length);
  let count = 0;
  let next = 0;
  for (let patch = 0; patch < scores.length; patch++) {
    if (patch === positives[next]) next++;
    else if (labels[slideOf[patch]] === 1) uncertain[count++] = patch;
  }
  return uncertain.slice(0, count);
}

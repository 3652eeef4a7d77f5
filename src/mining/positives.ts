import { quantileOfSorted } from '../mil/metrics/index.js';
import type { ScoredPatches } from './patches.js';

export interface MinedPositives {
  /** Indices of patches, ascending. */
  readonly patches: Int32Array;
  /** Patches of positive slides above the candidate threshold. */
  readonly candidates: number;
  /** The lowest score that is trusted; null without a candidate. */
  readonly threshold: number | null;
}

/**
 * Trusted positives (paper §3, self-paced): of the patches of positive slides scored above
 * `threshold`, those at or above the global 1 − ratio quantile of these.
 *
 * @param ratio share of the candidates that is trusted, 0–1.
 */
export function minePositives({ scores, slideOf, labels }: ScoredPatches, threshold: number, ratio: number): MinedPositives {
  const isCandidate = (patch: number) => scores[patch] > threshold && labels[slideOf[patch]] === 1;
  let candidates = 0;
  for (let patch = 0; patch < scores.length; patch++) candidates += isCandidate(patch) ? 1 : 0;
  if (candidates === 0) return { patches: new Int32Array(0), candidates, threshold: null };

  const sorted = new Float64Array(candidates);
  let at = 0;
  for (let patch = 0; patch < scores.length; patch++) if (isCandidate(patch)) sorted[at++] = scores[patch];
  const trusted = quantileOfSorted(sorted.sort(), 1 - ratio);

  const patches = new Int32Array(candidates);
  let count = 0;
  for (let patch = 0; patch < scores.length; patch++) if (isCandidate(patch) && scores[patch] >= trusted) patches[count++] = patch;
  return { patches: patches.slice(0, count), candidates, threshold: trusted };
}

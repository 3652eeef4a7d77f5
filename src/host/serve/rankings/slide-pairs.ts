import { hinge, shortfall, violations } from '../../../mil/losses/ranking-pairs.js';
import { highest } from '../../../mil/losses/top-instances.js';
import type { SlidePairs } from '../../../shared/rpc/rankings.js';
import type { ScoredSlide } from './scored-split.js';

/** Every pairing of a positive and a negative slide, and what they come to. */
export interface AllPairs {
  readonly count: number;
  /** Largest shortfall first. */
  readonly pairs: SlidePairs;
  readonly meanHinge: number | null;
  readonly violatedSlidePairs: number;
  readonly violatedPatchShare: number | null;
}

/** Compares all pairs of slides; `most` of them, the worst, are listed, the rest only counts. */
export function slidePairs(slides: readonly ScoredSlide[], margin: number, most: number): AllPairs {
  const places = [...slides.keys()];
  const positives = places.filter((place) => slides[place]!.label === 1);
  const negatives = places.filter((place) => slides[place]!.label === 0);
  const count = positives.length * negatives.length;
  const shortfalls = new Float64Array(count);
  const violated = new Float32Array(count);
  let hinges = 0;
  let violatedSlidePairs = 0;
  let [violatedPatches, patches] = [0, 0];
  positives.forEach((p, row) =>
    negatives.forEach((n, column) => {
      const [{ top: positive }, { top: negative }] = [slides[p]!, slides[n]!];
      const at = row * negatives.length + column;
      const [beyond, of] = [violations(positive, negative, margin), positive.values.length * negative.values.length];
      shortfalls[at] = shortfall(positive.mean, negative.mean, margin);
      violated[at] = beyond / of;
      hinges += hinge(positive.mean, negative.mean, margin);
      violatedSlidePairs += shortfalls[at] > 0 ? 1 : 0;
      violatedPatches += beyond;
      patches += of;
    }),
  );
  const order = highest(shortfalls, Math.min(most, count));
  return {
    count,
    pairs: {
      positive: order.map((at) => positives[Math.floor(at / negatives.length)]!),
      negative: order.map((at) => negatives[at % negatives.length]!),
      shortfall: Float64Array.from(order, (at) => shortfalls[at]!),
      violated: Float32Array.from(order, (at) => violated[at]!),
    },
    meanHinge: count === 0 ? null : hinges / count,
    violatedSlidePairs,
    violatedPatchShare: count === 0 ? null : violatedPatches / patches,
  };
}

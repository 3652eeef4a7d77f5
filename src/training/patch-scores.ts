import { auroc, operatingPoints } from '../mil/metrics/index.js';
import type { BagScores } from './scores.js';

/** Below this AUROC by the highest patch, and this far below that by the slide, patch scores are warned of. */
const least = 0.65;
const behind = 0.15;
/** With fewer slides of a class AUROC takes so few values that a low one is chance. */
const enough = 5;

/** AUROC of slides by their highest patch alone: whether patch scores say anything, without any instance truth; null where a class is missing. */
export function highestPatchAuroc(scored: readonly BagScores[]): number | null {
  const highest = Float64Array.from(scored, ({ logits }) => logits.reduce((a, b) => Math.max(a, b), -Infinity));
  const points = operatingPoints(Uint8Array.from(scored, ({ bag }) => bag.label), highest);
  return points ? auroc(points) : null;
}

/** What is known of a round's validation. */
export interface PatchScoresSeen {
  readonly round: number;
  /** AUROC of validation slides by their highest patch, and by the slide; null where a class is missing. */
  readonly byPatch: number | null;
  readonly bySlide: number | null;
  /** 0 or 1 for each validation slide. */
  readonly labels: readonly number[];
  /** `optimizer.restarts` of the run. */
  readonly restarts: number;
}

/**
 * Why what a round mined by these scores may be wrong; undefined where nothing speaks against it. An
 * aggregator may tell slides well while its patch classifier has learnt nothing, or the reverse of
 * what it should: mining then trusts the wrong patches, and each round makes it worse.
 */
export function patchScoresWarning({ round, byPatch, bySlide, labels, restarts }: PatchScoresSeen): string | undefined {
  const positives = labels.filter((label) => label === 1).length;
  if (Math.min(positives, labels.length - positives) < enough || byPatch === null || bySlide === null || byPatch >= least || bySlide - byPatch < behind) return undefined;
  return `In round ${round} validation slides are told by the highest patch alone with AUROC ${byPatch.toFixed(2)}, by the whole slide with ${bySlide.toFixed(2)}: patch scores say little of the label, and what is mined by them may be wrong.${restarts > 0 ? '' : ' Try "optimizer.restarts".'}`;
}

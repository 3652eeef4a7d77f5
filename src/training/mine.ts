import type { MinedPatches } from '../encoders/contract.js';
import { mineRound, positivesTrusted, uncertainPatches, type Bank, type Mined, type ScoredPatches, type VerdictColumn } from '../mining/index.js';
import type { MiningOptions } from '../shared/experiment/index.js';
import type { BagScores } from './scores.js';

/** Scores of the training bags, flat, in the order of the patches of `material.patches(train)`. */
export function flatten(scored: readonly BagScores[]): ScoredPatches & { readonly truth: Int8Array | undefined } {
  const total = scored.reduce((sum, { scores }) => sum + scores.length, 0);
  const scores = new Float32Array(total);
  const slideOf = new Int32Array(total);
  const truth = scored.some(({ bag }) => bag.truth) ? new Int8Array(total).fill(-1) : undefined;
  let at = 0;
  for (const [slide, { bag, scores: ofBag }] of scored.entries()) {
    scores.set(ofBag, at);
    slideOf.fill(slide, at, at + ofBag.length);
    if (bag.truth) truth?.set(bag.truth, at);
    at += ofBag.length;
  }
  return { scores, slideOf, labels: scored.map(({ bag }) => bag.label), truth };
}

/** Mines in rounds that refresh the bank; undefined in the rounds between. @param judge asked in rounds that mine. */
export function mine(scored: readonly BagScores[], round: number, options: MiningOptions, previous: Bank | undefined, judge: () => VerdictColumn): Mined | undefined {
  if (previous && (round - 1) % options.refreshEvery !== 0) return undefined;
  const patches = flatten(scored);
  return mineRound(patches, { round, options, previous, truth: patches.truth, verdictOf: judge() });
}

/** What the encoder of round `round` + 1 learns from what round `round` mined. */
export function toLearnFrom(scored: readonly BagScores[], bank: Bank, round: number, options: MiningOptions): MinedPatches {
  return {
    positives: bank.positives,
    anchorPositives: positivesTrusted(round, options),
    hardNegatives: bank.hardNegatives,
    uncertain: uncertainPatches(flatten(scored), bank.positives),
  };
}

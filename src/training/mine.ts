import type { MinedPatches } from '../encoders/contract.js';
import { mineRound, positivesTrusted, uncertainPatches, type Bank, type Mined, type ScoredPatches, type VerdictColumn } from '../mining/index.js';
import type { MiningOptions } from '../shared/experiment/index.js';
import type { BagScores } from './scores.js';

/** Scores of the training bags, flat, in the order of the patches of `material.patches(train)`. */
export function flatten(scored: readonly BagScores[]): Omit<ScoredPatches, 'scores'> & { readonly scores: Float32Array; readonly truth: Int8Array | undefined } {
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

/** What is asked in rounds that mine, and in no others. */
export interface MiningHelp {
  /** What people judged of the patches. */
  judge(): VerdictColumn;
  /** Which look alike; asked where the options balance the bank. */
  cluster(patches: ScoredPatches): Promise<Int32Array>;
}

/** Mines in rounds that refresh the bank; undefined in the rounds between. @param minedBy the scores patches are mined by. */
export async function mine(scored: readonly BagScores[], minedBy: Float32Array | Float64Array, round: number, options: MiningOptions, previous: Bank | undefined, { judge, cluster }: MiningHelp): Promise<Mined | undefined> {
  if (previous && (round - 1) % options.refreshEvery !== 0) return undefined;
  const { truth, ...patches } = flatten(scored);
  const minable = { ...patches, scores: minedBy };
  const clusterOf = options.diversity.clusters > 0 ? { clusterOf: await cluster(minable) } : {};
  return mineRound(minable, { round, options, previous, truth, verdictOf: judge(), ...clusterOf });
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

import type { LossOptions } from '../../shared/experiment/index.js';
import { crossEntropyOfLogit } from './cross-entropy.js';
import { hinge } from './ranking-pairs.js';
import { topInstances } from './top-instances.js';

/** All that the pair loss asks of a bag. */
export interface BagSummary {
  readonly bagLogit: number;
  /** Highest instance logit. */
  readonly highest: number;
  /** Mean of the topK highest instance logits (or probabilities), K clipped to the bag. */
  readonly topMean: number;
}

export interface PairLossValue {
  readonly total: number;
  readonly bag: number;
  readonly instance: number;
  readonly ranking: number;
}

/** What the pair loss needs of a scored bag. instanceLogits: [N], N ≥ 1. */
export function summariseBag(bagLogit: number, instanceLogits: ArrayLike<number>, options: LossOptions): BagSummary {
  const { indices, mean } = topInstances(instanceLogits, options);
  return { bagLogit, highest: instanceLogits[indices[0]], topMean: mean };
}

/** The pair loss of two scored bags, in float64: the same number as `pairLoss` on tensors. */
export function pairLossOfLogits(positive: BagSummary, negative: BagSummary, options: LossOptions): PairLossValue {
  const balanced = (ofPositive: number, ofNegative: number) => ((crossEntropyOfLogit(ofPositive, 1) + crossEntropyOfLogit(ofNegative, 0)) * options.posWeight) / 2;
  const bag = balanced(positive.bagLogit, negative.bagLogit);
  const instance = balanced(positive.highest, negative.highest);
  const ranking = hinge(positive.topMean, negative.topMean, options.margin);
  return { total: options.bag * bag + options.instance * instance + options.ranking * ranking, bag, instance, ranking };
}

/**
 * The mean pair loss over every pairing of a positive and a negative bag, so that a validation loss
 * depends on no drawn pairing; null where a class is missing.
 */
export function meanPairLoss(positives: readonly BagSummary[], negatives: readonly BagSummary[], options: LossOptions): PairLossValue | null {
  const pairs = positives.length * negatives.length;
  if (pairs === 0) return null;
  const sum = { total: 0, bag: 0, instance: 0, ranking: 0 };
  for (const positive of positives) {
    for (const negative of negatives) {
      const loss = pairLossOfLogits(positive, negative, options);
      sum.total += loss.total;
      sum.bag += loss.bag;
      sum.instance += loss.instance;
      sum.ranking += loss.ranking;
    }
  }
  return { total: sum.total / pairs, bag: sum.bag / pairs, instance: sum.instance / pairs, ranking: sum.ranking / pairs };
}

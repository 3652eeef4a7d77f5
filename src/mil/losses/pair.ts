import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { topKMean } from '../../engine/ops.js';
import { tf } from '../../engine/tfjs.js';
import type { LossOptions } from '../../shared/experiment/index.js';
import type { BagPrediction } from '../aggregators/contract.js';
import { crossEntropy } from './cross-entropy.js';

/** The parts of the loss, before they are weighted, and their weighted sum; scalars. */
export interface PairLoss extends Record<string, Tensor> {
  readonly total: Tensor;
  readonly bag: Tensor;
  readonly instance: Tensor;
  readonly ranking: Tensor;
}

/**
 * The loss on a positive and a negative bag of an aggregator with one output (paper §3, design §4):
 * bag · ½(BCE⁺ + BCE⁻)(bag logit) + instance · ½(BCE⁺ + BCE⁻)(max c) +
 * ranking · max(0, margin − mean topK c⁺ + mean topK c⁻), topK clipped to each bag.
 *
 * posWeight scales both sides of the cross-entropies: the reference hands its pos_weight to torch
 * as `weight`, and a pair is balanced anyway.
 */
export function pairLoss(positive: BagPrediction, negative: BagPrediction, options: LossOptions): PairLoss {
  const balanced = (ofPositive: Tensor, ofNegative: Tensor) => tf.mul(tf.add(crossEntropy(ofPositive, 1), crossEntropy(ofNegative, 0)), options.posWeight / 2);
  const bag = balanced(only(positive.bagLogits), only(negative.bagLogits));
  const [ofPositive, ofNegative] = [line(positive.instanceLogits), line(negative.instanceLogits)];
  const instance = balanced(highest(ofPositive), highest(ofNegative));

  const compared = (logits: Tensor1D) => topKMean(options.scoreSpace === 'probability' ? tf.sigmoid(logits) : logits, options.topK);
  const ranking = tf.relu(tf.sub(tf.add(compared(ofNegative), options.margin), compared(ofPositive)));

  return withOwnLosses({ bag, instance, ranking }, [positive, negative], options);
}

/** The weighted sum of the parts, with what an aggregator asks of its own instances: that stands beside the bag loss, and is as weighty. */
export function withOwnLosses({ bag, instance, ranking }: Record<'bag' | 'instance' | 'ranking', Tensor>, pair: readonly [BagPrediction, BagPrediction], options: LossOptions): PairLoss {
  const own = pair.flatMap(({ auxiliary }) => (auxiliary ? [tf.mul(auxiliary, options.bag / 2)] : []));
  const total = tf.addN([tf.mul(bag, options.bag), tf.mul(instance, options.instance), tf.mul(ranking, options.ranking), ...own]);
  return { total, bag, instance, ranking };
}

/** The one logit of a bag [1], as a scalar. */
function only(logits: Tensor1D): Tensor {
  return tf.reshape(logits, []);
}

/** The logits of instances with one output [N, 1], as [N]. */
function line(logits: Tensor2D): Tensor1D {
  return tf.reshape(logits, [-1]);
}

/** The maximum, whose gradient goes to one instance even among equals, as torch.max has it; tf.max would give it to each. */
function highest(logits: Tensor1D): Tensor {
  return topKMean(logits, 1);
}

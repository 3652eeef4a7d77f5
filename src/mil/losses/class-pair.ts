import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { topKMean } from '../../engine/ops.js';
import { tf } from '../../engine/tfjs.js';
import type { LossOptions } from '../../shared/experiment/index.js';
import type { BagPrediction } from '../aggregators/contract.js';
import { bagLoss } from './bag.js';
import { withOwnLosses, type PairLoss } from './pair.js';

/** A bag's prediction with its label, 0 or 1 for each class [C]. */
export interface LabelledPrediction {
  readonly prediction: BagPrediction;
  readonly label: Tensor1D;
}

/**
 * The pair loss for C classes, each against the rest as DSMIL has it: the cross-entropies are means
 * over classes, and the ranking loss is the mean over the classes that one of the bags has and the
 * other has not, with the bag that has it above. With one class, of a positive and a negative bag,
 * it is `pairLoss`.
 */
export function classPairLoss(first: LabelledPrediction, second: LabelledPrediction, options: LossOptions): PairLoss {
  const balanced = (ofFirst: Tensor1D, ofSecond: Tensor1D) => tf.mul(tf.add(bagLoss(ofFirst, first.label, 'any'), bagLoss(ofSecond, second.label, 'any')), options.posWeight / 2);
  const bag = balanced(first.prediction.bagLogits, second.prediction.bagLogits);
  const instance = balanced(topMeans(first.prediction.instanceLogits, 1), topMeans(second.prediction.instanceLogits, 1));

  const compared = ({ prediction: { instanceLogits } }: LabelledPrediction) => topMeans(options.scoreSpace === 'probability' ? tf.sigmoid(instanceLogits) : instanceLogits, options.topK);
  const above = tf.sub(first.label, second.label);
  const differing = tf.abs(above);
  const short = tf.relu(tf.sub(tf.mul(differing, options.margin), tf.mul(above, tf.sub(compared(first), compared(second)))));
  const ranking = tf.div(tf.sum(short), tf.maximum(tf.sum(differing), 1));

  return withOwnLosses({ bag, instance, ranking }, [first.prediction, second.prediction], options);
}

/** The mean of the k highest logits of each class [C]; its gradient goes to k instances even among equals. logits: [N, C]. */
function topMeans(logits: Tensor2D, k: number): Tensor1D {
  const columns = tf.split(logits, logits.shape[1], 1);
  return tf.stack(columns.map((column) => topKMean(tf.reshape(column, [-1]) as Tensor1D, k))) as Tensor1D;
}

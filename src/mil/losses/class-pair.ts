import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { topKMean } from '../../engine/ops.js';
import { tf } from '../../engine/tfjs.js';
import type { LossOptions } from '../../shared/experiment/index.js';
import type { BagPrediction } from '../aggregators/contract.js';
import { bagLoss } from './bag.js';
import { withOwnLosses, type PairLoss } from './pair.js';
import { asCompared, pairHinges, type Margin } from './ranking.js';

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
export function classPairLoss(first: LabelledPrediction, second: LabelledPrediction, options: LossOptions, margin: Margin = options.margin): PairLoss {
  const balanced = (ofFirst: Tensor1D, ofSecond: Tensor1D) => tf.mul(tf.add(bagLoss(ofFirst, first.label, 'any'), bagLoss(ofSecond, second.label, 'any')), options.posWeight / 2);
  const bag = balanced(first.prediction.bagLogits, second.prediction.bagLogits);
  const instance = balanced(topMeans(first.prediction.instanceLogits, 1), topMeans(second.prediction.instanceLogits, 1));

  const above = tf.sub(first.label, second.label) as Tensor1D;
  const differing = tf.abs(above);
  const short = shortOfMargin(first.prediction.instanceLogits, second.prediction.instanceLogits, above, options, margin);
  const ranking = tf.div(tf.sum(short), tf.maximum(tf.sum(differing), 1));

  return withOwnLosses({ bag, instance, ranking }, [first.prediction, second.prediction], options);
}

/** What each class adds to the ranking loss [C]; nothing where `above`, 1 or −1 for the bag that has it, is 0. */
function shortOfMargin(first: Tensor2D, second: Tensor2D, above: Tensor1D, options: LossOptions, margin: Margin): Tensor {
  if (options.compare === 'means') {
    const compared = (logits: Tensor2D) => topMeans(asCompared(logits, options), options.topK);
    return tf.relu(tf.sub(tf.mul(tf.abs(above), margin), tf.mul(above, tf.sub(compared(first), compared(second)))));
  }
  const [ofFirst, ofSecond] = [columnsOf(first), columnsOf(second)];
  const signs = tf.split(above, above.shape[0]);
  return tf.stack(
    signs.map((sign, c) => pairHinges(asCompared(ofFirst[c]!, options), asCompared(ofSecond[c]!, options), options.topK, (gaps) => tf.sub(tf.mul(tf.abs(sign), margin), tf.mul(sign, gaps)))),
  );
}

/** The mean of the k highest logits of each class [C]; its gradient goes to k instances even among equals. logits: [N, C]. */
function topMeans(logits: Tensor2D, k: number): Tensor1D {
  return tf.stack(columnsOf(logits).map((column) => topKMean(column, k))) as Tensor1D;
}

/** Each column of [N, C], as [N]. */
function columnsOf(matrix: Tensor2D): Tensor1D[] {
  return tf.split(matrix, matrix.shape[1], 1).map((column) => tf.reshape(column, [-1]) as Tensor1D);
}

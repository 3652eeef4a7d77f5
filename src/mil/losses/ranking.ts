import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { topK, topKMean } from '../../engine/ops.js';
import { tf } from '../../engine/tfjs.js';
import type { RankingOptions } from './top-instances.js';

/** What must lie between two bags: a number, or a scalar that changes from step to step. */
export type Margin = number | Tensor;

/** The ranking loss of a positive above a negative bag; a scalar. Logits [N] each. */
export function rankingLoss(positive: Tensor1D, negative: Tensor1D, options: RankingOptions, margin: Margin): Tensor {
  const [above, below] = [asCompared(positive, options), asCompared(negative, options)];
  if (options.compare === 'pairs') return pairHinges(above, below, options.topK, (gaps) => tf.sub(margin, gaps));
  return tf.relu(tf.sub(tf.add(topKMean(below, options.topK), margin), topKMean(above, options.topK)));
}

/** Instance logits as the ranking loss sees them. */
export function asCompared<T extends Tensor>(logits: T, { scoreSpace }: Pick<RankingOptions, 'scoreSpace'>): T {
  return scoreSpace === 'probability' ? tf.sigmoid(logits) : logits;
}

/**
 * The mean of what lies above 0 of the shortfalls of every pair of a top-k value of `first` and one
 * of `second`: only pairs that violate the margin have a gradient. It is never below the hinge of the means.
 *
 * @param shortfall of gaps first − second [k, k].
 */
export function pairHinges(first: Tensor1D, second: Tensor1D, k: number, shortfall: (gaps: Tensor) => Tensor): Tensor {
  const [rows, columns] = [topK(first, k), topK(second, k)];
  const gaps = tf.sub(tf.reshape(rows.values, [k, 1]), tf.reshape(columns.values, [1, k]));
  const both = tf.mul(tf.reshape(rows.there, [k, 1]), tf.reshape(columns.there, [1, k]));
  return tf.div(tf.sum(tf.mul(tf.relu(shortfall(gaps)), both)), tf.sum(both));
}

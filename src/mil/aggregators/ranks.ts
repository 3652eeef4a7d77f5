import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { detach } from '../../engine/ops.js';
import { tf } from '../../engine/tfjs.js';

/** Below every score a network can give. */
const BELOW_ALL = -1e30;

/**
 * `weights[r]` at the instance of the r-th highest score, 0 at all others [N]. Ranks beyond the bag
 * fall away. Which instance is where is no differentiable choice: no gradient flows to the scores.
 *
 * @param scores [N] @param weights [K]
 */
export function atRanks(scores: Tensor1D, weights: Tensor1D): Tensor1D {
  const [instances, ranks] = [scores.shape[0], weights.shape[0]];
  // Padding instead of min(K, N): the program must not change its form with the size of a bag.
  const { indices } = tf.topk(tf.concat([detach(scores), tf.fill([ranks], BELOW_ALL)]), ranks, true);
  return tf.slice(tf.scatterND(tf.expandDims(indices, 1), weights, [instances + ranks]) as Tensor1D, [0], [instances]);
}

/** The columns of x [N, A], each [N]. */
export function columns(x: Tensor2D): Tensor1D[] {
  return tf.split(x, x.shape[1], 1).map((column) => tf.reshape(column, [-1]) as Tensor1D);
}

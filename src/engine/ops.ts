import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from './tfjs.js';

/** Below every score a network can give, above -inf: no arithmetic on it makes NaN. */
const BELOW_ALL = -1e30;

/** The same values, through which no gradient flows (torch's `detach`). Any shape. */
export function detach<T extends Tensor>(x: T): T {
  // Not an argument of the custom gradient, so the tape never links the copy to x.
  return tf.customGrad(() => ({ value: tf.clone(x), gradFunc: () => [] }))() as T;
}

/**
 * The row of `x` (N×D) at `index` (int32, one value), as 1×D; the gradient flows to that row.
 * `index` must not depend on a gradient: take it from `detach`ed values.
 */
export function gatherRow(x: Tensor2D, index: Tensor): Tensor2D {
  return tf.gather(x, tf.reshape(index, [1]));
}

/**
 * The mean of the `k` largest of `values` (N), of all of them where N < k; a scalar. Its
 * gradient, which tfjs lacks for topk, is 1/min(k, N) at each of them (DSMIL's ranking term, design.md §4).
 */
export function topKMean(values: Tensor1D, k: number): Tensor {
  return tf.customGrad((x, save) => {
    const n = (x as Tensor).shape[0]!;
    // Padding instead of min(k, N): the program must not change its form with the size of a bag.
    const { values: top, indices } = tf.topk(tf.concat([x as Tensor1D, tf.fill([k], BELOW_ALL)]), k, true);
    const real = tf.cast(tf.greater(top, BELOW_ALL / 2), 'float32');
    const share = tf.div(real, tf.sum(real));
    (save as (saved: Tensor[]) => void)([indices, share]);
    return {
      value: tf.sum(tf.mul(top, share)),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [at, weight] = saved as [Tensor, Tensor];
        return tf.mul(tf.slice(tf.scatterND(tf.expandDims(at, 1), weight, [n + k]), [0], [n]), dy);
      },
    };
  })(values);
}

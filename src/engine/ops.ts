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

/** The largest values of a line, highest first. */
export interface Top {
  /** [k]; where there are fewer than k values, what is left over lies below every score. */
  readonly values: Tensor1D;
  /** [k], float32: 1 where a value is, 0 at what is left over. */
  readonly there: Tensor1D;
}

/** The `k` largest of `values` (N). The gradient, which tfjs lacks for topk, flows to each of them. */
export function topK(values: Tensor1D, k: number): Top {
  const top = tf.customGrad((x, save) => {
    const n = (x as Tensor).shape[0]!;
    // Padding instead of min(k, N): the program must not change its form with the size of a bag.
    const { values: highest, indices } = tf.topk(tf.concat([x as Tensor1D, tf.fill([k], BELOW_ALL)]), k, true);
    (save as (saved: Tensor[]) => void)([indices]);
    return {
      value: highest,
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.slice(tf.scatterND(tf.expandDims(saved[0]!, 1), dy, [n + k]), [0], [n]),
    };
  })(values) as Tensor1D;
  return { values: top, there: tf.cast(tf.greater(detach(top), BELOW_ALL / 2), 'float32') };
}

/**
 * The mean of the `k` largest of `values` (N), of all of them where N < k; a scalar. Its
 * gradient is 1/min(k, N) at each of them (DSMIL's ranking term, design.md §4).
 */
export function topKMean(values: Tensor1D, k: number): Tensor {
  const top = topK(values, k);
  return tf.sum(tf.mul(top.values, tf.div(top.there, tf.sum(top.there))));
}

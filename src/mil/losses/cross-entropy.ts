import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';

/**
 * Binary cross-entropy of a logit against a label that is fixed when the program is written: the
 * bags of a pair never change sides. Scalar in, scalar out.
 */
export function crossEntropy(logit: Tensor, label: 0 | 1): Tensor {
  return tf.softplus(label === 1 ? tf.neg(logit) : logit);
}

/** The same on the host, in float64. */
export function crossEntropyOfLogit(logit: number, label: 0 | 1): number {
  const x = label === 1 ? -logit : logit;
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

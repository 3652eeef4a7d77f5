import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';

/** How the classes of a slide relate: one of them (a softmax), or any number of them (a sigmoid each). */
export type LabelKind = 'one' | 'any';

/**
 * Cross-entropy of the logits of a bag against its label; a scalar. `one`: −Σ y·log softmax;
 * `any`: the mean over classes of the binary cross-entropies, which for a single output is the
 * binary cross-entropy of a positive or negative slide.
 *
 * @param logits [C] @param label 0 or 1 each [C]
 */
export function bagLoss(logits: Tensor1D, label: Tensor1D, kind: LabelKind): Tensor {
  if (kind === 'any') return tf.mean(tf.sub(tf.softplus(logits), tf.mul(label, logits)));
  return tf.neg(tf.sum(tf.mul(label, tf.logSoftmax(tf.reshape(logits, [1, -1])))));
}

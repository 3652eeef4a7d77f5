import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import type { LabelKind } from '../losses/bag.js';

/** The mean over predictions of one bag [M, C] of the cross-entropy with its label [C] (see `bagLoss`); a scalar. */
export function meanBagLoss(logits: Tensor2D, label: Tensor1D, kind: LabelKind): Tensor {
  if (kind === 'any') return tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, label)));
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), label), 1)));
}

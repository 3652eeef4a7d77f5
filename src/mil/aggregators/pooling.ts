import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import { detach } from '../../engine/ops.js';
import { noExtras, type Aggregator } from './contract.js';
import { drawLinear, linear } from './linear.js';

/**
 * The baselines: a Linear scores every instance, and the bag takes the maximum or the mean of the
 * scores. There are no values, so dropout does not apply; the attention is what the pooling does:
 * all on the highest instance of a class, or the same on each.
 */
export function createPooling(kind: 'max' | 'mean', featureSize: number, outputs: number): Aggregator {
  return {
    kind,
    featureSize,
    outputs,
    trainingExtras: noExtras,
    scoringExtras: noExtras,
    initialise: (random) => drawLinear(random, 'classifier.0', featureSize, outputs),
    forward(bag, parameters) {
      const instanceLogits = linear(bag, parameters, 'classifier.0');
      const logits = detach(instanceLogits);
      const attention = kind === 'max' ? onMaximum(logits) : evenly(logits);
      return {
        instanceLogits,
        bagLogits: tf.sum(tf.mul(attention, instanceLogits), 0) as Tensor1D,
        attention,
        bagEmbedding: tf.reshape(tf.matMul(attention, bag, true, false), [-1]) as Tensor1D,
      };
    },
  };
}

/** The same on each instance [N, C]. logits: [N, C]. */
function evenly(logits: Tensor2D): Tensor2D {
  const ones = tf.onesLike(logits);
  return tf.div(ones, tf.sum(ones, 0, true));
}

/** Shared where several instances are highest, so that each column sums to one. logits: [N, C]. */
function onMaximum(logits: Tensor2D): Tensor2D {
  const highest = tf.cast(tf.equal(logits, tf.max(logits, 0, true)), 'float32');
  return tf.div(highest, tf.sum(highest, 0, true));
}

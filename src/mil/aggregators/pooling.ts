import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import { detach } from '../../engine/ops.js';
import type { Aggregator } from './contract.js';
import { drawLinear, linear } from './linear.js';

/**
 * The baselines: a Linear scores every instance, and the bag takes the maximum or the mean of the
 * scores. There are no values, so dropout does not apply; the attention is what the pooling does:
 * all on the highest instance, or the same on each.
 */
export function createPooling(kind: 'max' | 'mean', featureSize: number): Aggregator {
  return {
    kind,
    featureSize,
    dropout: undefined,
    initialise: (random) => drawLinear(random, 'classifier.0', featureSize, 1),
    forward(bag, parameters) {
      const instanceLogits = tf.reshape(linear(bag, parameters, 'classifier.0'), [-1]) as Tensor1D;
      const logits = detach(instanceLogits);
      const attention = kind === 'max' ? onMaximum(logits) : (tf.softmax(tf.zerosLike(logits)) as Tensor1D);
      const embedding = tf.matMul(tf.reshape(attention, [1, -1]) as Tensor2D, bag) as Tensor2D;
      return {
        instanceLogits,
        bagLogit: tf.sum(tf.mul(attention, instanceLogits)),
        attention,
        bagEmbedding: tf.reshape(embedding, [-1]) as Tensor1D,
      };
    },
  };
}

/** Shared where several instances are highest, so that it sums to one. logits: [N]. */
function onMaximum(logits: Tensor1D): Tensor1D {
  const highest = tf.cast(tf.equal(logits, tf.max(logits)), 'float32');
  return tf.div(highest, tf.sum(highest));
}

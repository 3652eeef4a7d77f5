import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import { detach } from '../../engine/ops.js';
import type { AggregatorOptions } from '../../shared/experiment/index.js';
import { noExtras, type Aggregator, type Extras, type Parameters } from './contract.js';
import { overInstances } from './gated-attention.js';
import { drawLinear, linear } from './linear.js';
import { atRanks, columns } from './ranks.js';

export type PoolingKind = 'max' | 'mean' | 'top-k' | 'lse';

/** How the scores of the instances [N, C] become those of the bag. */
interface Pooling {
  readonly extras: Extras;
  /** The weight of each instance [N, C]; each column sums to one. It sees detached logits. */
  weights(logits: Tensor2D, extras: Parameters): Tensor2D;
  /** Where the bag is not the weighted sum of the instances [C]. */
  pool?(logits: Tensor2D): Tensor1D;
}

/**
 * The baselines: a Linear scores every instance, and the bag takes of each class the maximum, the
 * mean, the mean of the K highest or a soft maximum of the scores. There are no values, so dropout
 * does not apply; the attention is what the pooling does: the share of each instance in the bag's
 * logit, or for `lse` in its gradient.
 */
export function createPooling(kind: PoolingKind, featureSize: number, outputs: number, options: AggregatorOptions['pooling']): Aggregator {
  const { extras: needed, weights, pool } = poolings[kind](options);
  return {
    kind,
    featureSize,
    outputs,
    trainingExtras: needed,
    scoringExtras: needed,
    initialise: (random) => drawLinear(random, 'classifier.0', featureSize, outputs),
    forward(bag, parameters, extras) {
      const instanceLogits = linear(bag, parameters, 'classifier.0');
      const attention = weights(detach(instanceLogits), extras);
      return {
        instanceLogits,
        bagLogits: pool ? pool(instanceLogits) : (tf.sum(tf.mul(attention, instanceLogits), 0) as Tensor1D),
        attention,
        bagEmbedding: tf.reshape(tf.matMul(attention, bag, true, false), [-1]) as Tensor1D,
      };
    },
  };
}

const poolings: Readonly<Record<PoolingKind, (options: AggregatorOptions['pooling']) => Pooling>> = {
  max: () => ({ extras: noExtras, weights: onMaximum }),
  mean: () => ({ extras: noExtras, weights: evenly }),
  'top-k': ({ highest }) => ({ extras: shares(highest), weights: (logits, { share }) => tf.stack(columns(logits).map((column) => atRanks(column, share as Tensor1D)), 1) as Tensor2D }),
  lse: ({ sharpness }) => ({
    extras: noExtras,
    weights: (logits) => tf.transpose(overInstances(tf.mul(logits, sharpness))) as Tensor2D,
    pool: (logits) => softMaximum(logits, sharpness),
  }),
};

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

/** The share of each of the K highest [K], K clipped to the bag. */
function shares(highest: number): Extras {
  return {
    inputs: { share: { shape: [highest] } },
    draw(instances) {
      const count = Math.min(highest, instances);
      return { share: { data: Float32Array.from({ length: highest }, (_, rank) => (rank < count ? 1 / count : 0)), shape: [highest] } };
    },
  };
}

/** (1/r)·log(mean exp(r·c)) [C] (Pinheiro and Collobert, CVPR 2015, §3): the mean as r → 0, the maximum as r → ∞. logits: [N, C]. */
function softMaximum(logits: Tensor2D, r: number): Tensor1D {
  // The maximum is taken out so that no exponential overflows.
  const highest = tf.max(detach(logits), 0, true);
  const mean = tf.mean(tf.exp(tf.mul(tf.sub(logits, highest), r)), 0);
  return tf.add(tf.div(tf.log(mean), r), tf.reshape(highest, [-1])) as Tensor1D;
}

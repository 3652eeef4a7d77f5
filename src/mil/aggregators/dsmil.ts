import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { detach } from '../../engine/ops.js';
import { tf } from '../../engine/tfjs.js';
import type { Aggregator } from './contract.js';
import { drawLinear, linear } from './linear.js';

/**
 * DSMIL (Li et al., CVPR 2021; design §4), with the parameter names of its PyTorch reference.
 *
 * The values V = W_v·F + b_v are linear in F and the attention sums to one, so B = AᵀV is
 * computed as W_v·(AᵀF) + b_v: the same number without V of every instance. The reference drops
 * out entries of F before W_v, so this holds with dropout too.
 */
export function createDsmil(featureSize: number, attentionSize: number, dropout: number): Aggregator {
  return {
    kind: 'dsmil',
    featureSize,
    dropout: dropout > 0 ? { rate: dropout, width: featureSize } : undefined,
    initialise: (random) => ({
      ...drawLinear(random, 'i_classifier.fc.0', featureSize, 1),
      ...drawLinear(random, 'b_classifier.lin.0', featureSize, featureSize),
      ...drawLinear(random, 'b_classifier.q.0', featureSize, attentionSize),
      ...drawLinear(random, 'b_classifier.v.1', featureSize, featureSize),
      ...drawLinear(random, 'b_classifier.fcc', featureSize, 1, [1, 1, featureSize]),
    }),
    forward(bag, parameters, dropoutMask) {
      const instanceLogits = tf.reshape(linear(bag, parameters, 'i_classifier.fc.0'), [-1]) as Tensor1D;
      const features = tf.relu(linear(bag, parameters, 'b_classifier.lin.0'));
      const queries = tf.tanh(linear(features, parameters, 'b_classifier.q.0'));
      // Which instance is critical is no differentiable choice.
      const critical = tf.reshape(tf.argMax(detach(instanceLogits)), [1]) as Tensor1D;
      const scores = tf.matMul(tf.gather(queries, critical), queries, false, true);
      const attention = tf.softmax(tf.div(scores, Math.sqrt(attentionSize)));
      const pooled = tf.matMul(attention, dropoutMask ? tf.mul(features, dropoutMask) : features) as Tensor2D;
      const embedding = linear(pooled, parameters, 'b_classifier.v.1');
      const classifier = tf.reshape(parameters['b_classifier.fcc.weight']!, [1, -1]) as Tensor2D;
      const bagLogit = tf.add(tf.matMul(embedding, classifier, false, true), parameters['b_classifier.fcc.bias']!);
      return {
        instanceLogits,
        bagLogit: tf.reshape(bagLogit, []),
        attention: tf.reshape(attention, [-1]) as Tensor1D,
        bagEmbedding: tf.reshape(embedding, [-1]) as Tensor1D,
      };
    },
  };
}

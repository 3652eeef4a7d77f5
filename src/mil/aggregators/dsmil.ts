import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { detach } from '../../engine/ops.js';
import { tf } from '../../engine/tfjs.js';
import { noExtras, type Aggregator } from './contract.js';
import { dropOut, dropoutExtras } from './dropout.js';
import { drawLinear, linear } from './linear.js';

export interface DsmilSizes {
  readonly featureSize: number;
  readonly outputs: number;
  readonly attention: number;
}

/**
 * DSMIL (Li et al., CVPR 2021; design §4), with the parameter names of its PyTorch reference. With
 * C outputs each class has a critical instance and an attention of its own, and the bag classifier,
 * a Conv1d(C, C, D), sees the embeddings of all classes.
 *
 * The values V = W_v·F + b_v are linear in F and the attention sums to one, so B = AᵀV is
 * computed as W_v·(AᵀF) + b_v: the same number without V of every instance. The reference drops
 * out entries of F before W_v, so this holds with dropout too.
 */
export function createDsmil({ featureSize, outputs, attention: attentionSize }: DsmilSizes, dropout: number): Aggregator {
  return {
    kind: 'dsmil',
    featureSize,
    outputs,
    trainingExtras: dropoutExtras(dropout, featureSize),
    scoringExtras: noExtras,
    initialise: (random) => ({
      ...drawLinear(random, 'i_classifier.fc.0', featureSize, outputs),
      ...drawLinear(random, 'b_classifier.lin.0', featureSize, featureSize),
      ...drawLinear(random, 'b_classifier.q.0', featureSize, attentionSize),
      ...drawLinear(random, 'b_classifier.v.1', featureSize, featureSize),
      ...drawLinear(random, 'b_classifier.fcc', outputs * featureSize, outputs, [outputs, outputs, featureSize]),
    }),
    forward(bag, parameters, extras) {
      const instanceLogits = linear(bag, parameters, 'i_classifier.fc.0');
      const features = tf.relu(linear(bag, parameters, 'b_classifier.lin.0'));
      const queries = tf.tanh(linear(features, parameters, 'b_classifier.q.0'));
      // Which instance is critical is no differentiable choice.
      const critical = tf.argMax(detach(instanceLogits), 0) as Tensor1D;
      const scores = tf.matMul(tf.gather(queries, critical), queries, false, true);
      const attention = tf.softmax(tf.div(scores, Math.sqrt(attentionSize))) as Tensor2D;
      const pooled = tf.matMul(attention, dropOut(features, extras)) as Tensor2D;
      const embedding = tf.reshape(linear(pooled, parameters, 'b_classifier.v.1'), [1, -1]) as Tensor2D;
      const classifier = tf.reshape(parameters['b_classifier.fcc.weight']!, [outputs, -1]) as Tensor2D;
      const bagLogits = tf.add(tf.matMul(embedding, classifier, false, true), parameters['b_classifier.fcc.bias']!);
      return {
        instanceLogits,
        bagLogits: tf.reshape(bagLogits, [-1]) as Tensor1D,
        attention: tf.transpose(attention) as Tensor2D,
        bagEmbedding: tf.reshape(embedding, [-1]) as Tensor1D,
      };
    },
  };
}

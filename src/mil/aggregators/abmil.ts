import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import { noExtras, type Aggregator } from './contract.js';
import { dropOut, dropoutExtras } from './dropout.js';
import { drawGated, gatedScores, overInstances } from './gated-attention.js';
import { drawLinear, linear } from './linear.js';

export interface AbmilSizes {
  readonly featureSize: number;
  readonly outputs: number;
  readonly hidden: number;
  readonly attention: number;
}

const gate = { tanh: 'attention_V.0', gate: 'attention_U.0', weights: 'attention_w' };

/**
 * Attention-based MIL (Ilse et al., ICML 2018), plain or gated, with the parameter names of its
 * PyTorch reference. Instances h = ReLU(W·x + b); attention softmax(w·tanh(V·h)), gated by
 * sigmoid(U·h); the bag is the attention-weighted mean of h.
 *
 * It has no instance classifier of its own: instance logits are the bag classifier applied to
 * each h, so the bag logits are their attention-weighted mean.
 */
export function createAbmil(gated: boolean, sizes: AbmilSizes, dropout: number): Aggregator {
  const { featureSize, outputs, hidden, attention: attentionSize } = sizes;
  return {
    kind: gated ? 'gated-abmil' : 'abmil',
    featureSize,
    outputs,
    trainingExtras: dropoutExtras(dropout, hidden),
    scoringExtras: noExtras,
    initialise: (random) => ({
      ...drawLinear(random, 'feature_extractor_part2.0', featureSize, hidden),
      ...(gated
        ? drawGated(random, gate, hidden, attentionSize)
        : {
            ...drawLinear(random, 'attention.0', hidden, attentionSize),
            ...drawLinear(random, 'attention.2', attentionSize, 1),
          }),
      ...drawLinear(random, 'classifier.0', hidden, outputs),
    }),
    forward(bag, parameters, extras) {
      const instances = tf.relu(linear(bag, parameters, 'feature_extractor_part2.0'));
      const scores = gated ? gatedScores(instances, parameters, gate) : linear(tf.tanh(linear(instances, parameters, 'attention.0')), parameters, 'attention.2');
      const attention = overInstances(scores);
      const embedding = tf.matMul(attention, dropOut(instances, extras)) as Tensor2D;
      return {
        instanceLogits: linear(instances, parameters, 'classifier.0'),
        bagLogits: tf.reshape(linear(embedding, parameters, 'classifier.0'), [-1]) as Tensor1D,
        attention: tf.transpose(attention) as Tensor2D,
        bagEmbedding: tf.reshape(embedding, [-1]) as Tensor1D,
      };
    },
  };
}

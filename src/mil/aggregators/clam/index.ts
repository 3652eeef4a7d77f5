import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../../engine/tfjs.js';
import { extrasOfAll, noExtras, type Aggregator } from '../contract.js';
import { dropOut, dropoutExtras } from '../dropout.js';
import { drawGated, gatedScores, overInstances } from '../gated-attention.js';
import { drawLinear, linear } from '../linear.js';
import { clusterExtras, clusterLoss, drawClusterClassifiers, type ClusterOptions } from './clusters.js';

export interface ClamSizes {
  readonly featureSize: number;
  readonly outputs: number;
  readonly hidden: number;
  readonly attention: number;
}

const gate = { tanh: 'attention_net.3.attention_a.0', gate: 'attention_net.3.attention_b.0', weights: 'attention_net.3.attention_c' };

/**
 * CLAM (Lu et al., Nature Biomedical Engineering 2021) with the parameter names of its PyTorch
 * reference. Instances h = ReLU(W·x + b); a gated attention, one for all classes (`clam-sb`) or one
 * a class (`clam-mb`); the slide logit of a class is linear in its attention-weighted mean of h. In
 * training a classifier a class also tells the most from the least attended instances.
 *
 * Instance logits are the bag classifiers applied to each h, so the bag logits are their
 * attention-weighted means; what the paper shows of a slide is the attention.
 */
export function createClam(kind: 'clam-sb' | 'clam-mb', sizes: ClamSizes, options: ClusterOptions, dropout: number): Aggregator {
  const { featureSize, outputs, hidden, attention: attentionSize } = sizes;
  const branches = kind === 'clam-mb' ? outputs : 1;
  // One Linear(hidden, C), or C of Linear(hidden, 1): either way one logit a class.
  const classifiers = kind === 'clam-mb' ? Array.from({ length: outputs }, (_, k) => `classifiers.${k}`) : ['classifiers'];
  return {
    kind,
    featureSize,
    outputs,
    trainingExtras: extrasOfAll([dropoutExtras(dropout, hidden), clusterExtras(options.clusterSize)]),
    scoringExtras: noExtras,
    initialise: (random) => ({
      ...drawLinear(random, 'attention_net.0', featureSize, hidden),
      ...drawGated(random, gate, hidden, attentionSize, branches),
      ...Object.assign({}, ...classifiers.map((name) => drawLinear(random, name, hidden, outputs / classifiers.length))),
      ...drawClusterClassifiers(random, outputs, hidden),
    }),
    forward(bag, parameters, extras, training) {
      const instances = dropOut(tf.relu(linear(bag, parameters, 'attention_net.0')), extras);
      const scores = gatedScores(instances, parameters, gate);
      const attention = tf.transpose(overInstances(scores)) as Tensor2D;
      const embedding = tf.matMul(attention, instances, true, false) as Tensor2D;
      const instanceLogits = tf.concat(classifiers.map((name) => linear(instances, parameters, name)), 1);
      return {
        instanceLogits,
        // Linear in the embedding, and the attention sums to one.
        bagLogits: tf.sum(tf.mul(attention, instanceLogits), 0) as Tensor1D,
        attention,
        bagEmbedding: tf.reshape(embedding, [-1]) as Tensor1D,
        ...(training ? { auxiliary: clusterLoss({ instances, scores, label: training.label }, parameters, extras, options) } : {}),
      };
    },
  };
}

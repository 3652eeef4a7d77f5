import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../../engine/contract.js';
import { tf } from '../../../engine/tfjs.js';
import type { AggregatorOptions } from '../../../shared/experiment/index.js';
import type { Random } from '../../../shared/random.js';
import type { Extras, Parameters } from '../contract.js';
import { drawLinear, linear } from '../linear.js';
import { atRanks, columns } from '../ranks.js';

export type ClusterOptions = AggregatorOptions['clam'];

interface Attended {
  /** [N, hidden] */
  readonly instances: Tensor2D;
  /** Attention before its softmax [N, A], A one or C. */
  readonly scores: Tensor2D;
  /** [C] */
  readonly label: Tensor1D;
}

const classifier = (output: number) => `instance_classifiers.${output}`;

/** A Linear(hidden, 2) a class: [not of the class, of the class]. */
export function drawClusterClassifiers(random: Random, outputs: number, hidden: number): ParameterValues {
  return Object.assign({}, ...Array.from({ length: outputs }, (_, k) => drawLinear(random, classifier(k), hidden, 2))) as ParameterValues;
}

/** The share of each instance of a cluster [B]. B is clipped to half of the bag: no instance is of both clusters. */
export function clusterExtras(clusterSize: number): Extras {
  return {
    inputs: { cluster: { shape: [clusterSize] } },
    draw(instances) {
      const size = Math.min(clusterSize, Math.floor(instances / 2));
      return { cluster: { data: Float32Array.from({ length: clusterSize }, (_, rank) => (rank < size ? 1 / size : 0)), shape: [clusterSize] } };
    },
  };
}

/**
 * The instance loss of CLAM (Lu et al. 2021, Methods, "Instance-level clustering"). For a class the
 * slide has, its B most attended instances are of the class and its B least attended are not; for
 * one it has not, with `outOfClass`, its B most attended are not. The loss is the smooth top-1 SVM
 * (Berrada et al. 2018, τ = 1, α = 1), for two classes softplus(1 − (s_right − s_wrong)). Scaled by
 * c₂/c₁ of the paper's c₁·bag + c₂·instance, so that the bag loss beside it has weight one.
 */
export function clusterLoss({ instances, scores, label }: Attended, parameters: Parameters, extras: Parameters, options: ClusterOptions): Tensor {
  const share = extras['cluster'] as Tensor1D;
  const [outputs, attentions] = [label.shape[0], columns(scores)];
  const losses = Array.from({ length: outputs }, (_, k) => {
    const attended = attentions[k] ?? attentions[0]!;
    const [not, is] = columns(linear(instances, parameters, classifier(k)));
    const margin = tf.sub(is!, not!);
    const most = atRanks(attended, share);
    const wronglyOf = tf.softplus(tf.add(1, margin));
    const inClass = tf.div(tf.sum(tf.add(tf.mul(most, tf.softplus(tf.sub(1, margin))), tf.mul(atRanks(tf.neg(attended), share), wronglyOf))), 2);
    const has = tf.reshape(tf.slice(label, [k], [1]), []);
    if (!options.outOfClass) return tf.mul(has, inClass);
    return tf.add(tf.mul(has, inClass), tf.mul(tf.sub(1, has), tf.sum(tf.mul(most, wronglyOf))));
  });
  const scale = options.clusterWeight / (1 - options.clusterWeight) / (options.outOfClass ? outputs : 1);
  return tf.mul(tf.addN(losses), scale);
}

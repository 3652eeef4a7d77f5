import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../engine/contract.js';
import { tf } from '../../engine/tfjs.js';
import type { Random } from '../../shared/random.js';
import type { Parameters } from './contract.js';
import { drawLinear, linear } from './linear.js';

/** What the three layers of a gated attention are called. */
export interface GatedNames {
  readonly tanh: string;
  readonly gate: string;
  readonly weights: string;
}

/** As the references of DTFD-MIL and ACMIL name them, under `prefix`. */
export function gatedNames(prefix: string): GatedNames {
  return { tanh: `${prefix}.attention_V.0`, gate: `${prefix}.attention_U.0`, weights: `${prefix}.attention_weights` };
}

/** Scores before the softmax, W·(tanh(V·h) ⊙ sigmoid(U·h)) (Ilse et al. 2018, eq. 9), [N, A]. instances: [N, hidden]. */
export function gatedScores(instances: Tensor2D, parameters: Parameters, names: GatedNames): Tensor2D {
  const hidden = tf.mul(tf.tanh(linear(instances, parameters, names.tanh)), tf.sigmoid(linear(instances, parameters, names.gate))) as Tensor2D;
  return linear(hidden, parameters, names.weights);
}

/** Parameters of a gated attention with `heads` scores an instance. */
export function drawGated(random: Random, names: GatedNames, hidden: number, attention: number, heads = 1): ParameterValues {
  return {
    ...drawLinear(random, names.tanh, hidden, attention),
    ...drawLinear(random, names.gate, hidden, attention),
    ...drawLinear(random, names.weights, attention, heads),
  };
}

/** Each column's softmax over the instances, instances last [A, N]. scores: [N, A]. */
export function overInstances(scores: Tensor2D): Tensor2D {
  return tf.softmax(tf.transpose(scores)) as Tensor2D;
}

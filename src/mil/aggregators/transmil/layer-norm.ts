import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../../engine/contract.js';
import { tf } from '../../../engine/tfjs.js';
import type { Parameters } from '../contract.js';

/** torch's. */
const epsilon = 1e-5;

/** LayerNorm (Ba et al. 2016) of each row of x [P, D]. */
export function layerNorm(x: Tensor2D, parameters: Parameters, name: string): Tensor2D {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon));
  return tf.add(tf.mul(tf.mul(centred, scale), parameters[`${name}.weight`]!), parameters[`${name}.bias`]!);
}

export function unitNorm(name: string, size: number): ParameterValues {
  return { [`${name}.weight`]: { shape: [size], data: new Float32Array(size).fill(1) }, [`${name}.bias`]: { shape: [size], data: new Float32Array(size) } };
}

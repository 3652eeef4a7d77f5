import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from '../../../src/engine/tfjs.js';

export const channels = [3, 32, 64, 128, 256];
export const projection = 128;
const epsilon = 1e-5;

/** Names and shapes of its parameters, torch's. */
export const smallCnnShapes: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(
    channels.slice(1).flatMap((to, i) => [
      [`conv.${i}.weight`, [to, channels[i]!, 3, 3]],
      [`norm.${i}.weight`, [to]],
      [`norm.${i}.bias`, [to]],
    ]),
  ),
  'projection.weight': [projection, channels.at(-1)!],
  'projection.bias': [projection],
};

/** Four blocks of 3 × 3 convolution, batch norm, ReLU and 2 × 2 max-pool; rows of length one from images [N, H, W, 3]. */
export function smallCnnProjections(images: Tensor4D, parameters: Readonly<Record<string, Tensor>>): Tensor2D {
  let map = images;
  for (let i = 0; i + 1 < channels.length; i++) {
    const convolved = tf.conv2d(map, tf.transpose(parameters[`conv.${i}.weight`] as Tensor4D, [2, 3, 1, 0]), 1, 1);
    const normal = batchNorm(convolved, parameters[`norm.${i}.weight`] as Tensor1D, parameters[`norm.${i}.bias`] as Tensor1D);
    map = tf.maxPool(tf.relu(normal), 2, 2, 'valid');
  }
  const rows = tf.add(tf.matMul(tf.mean(map, [1, 2]) as Tensor2D, parameters['projection.weight'] as Tensor2D, false, true), parameters['projection.bias']!);
  return tf.div(rows, tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), 1e-12)));
}

/** Batch norm by the batch's own moments, with the closed form of its gradient. */
function batchNorm(x: Tensor4D, weight: Tensor1D, bias: Tensor1D): Tensor4D {
  const axes = [0, 1, 2];
  return tf.customGrad((input, scale, shift, save) => {
    const [map, gamma, beta] = [input, scale, shift] as [Tensor4D, Tensor1D, Tensor1D];
    const centred = tf.sub(map, tf.mean(map, axes));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes), epsilon));
    const normal = tf.mul(centred, inverse);
    (save as (saved: Tensor[]) => void)([normal, inverse, gamma]);
    return {
      value: tf.add(tf.mul(normal, gamma), beta),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [y, inverseDeviation, g] = saved as [Tensor, Tensor, Tensor];
        const ofShift = tf.sum(dy, axes);
        const ofScale = tf.sum(tf.mul(dy, y), axes);
        const share = y.shape[3]! / y.size;
        const dx = tf.mul(tf.sub(dy, tf.add(tf.mul(ofShift, share), tf.mul(y, tf.mul(ofScale, share)))), tf.mul(inverseDeviation, g));
        return [dx, ofScale, ofShift];
      },
    };
  })(x, weight, bias) as Tensor4D;
}

import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';

/** torch's epsilon. */
const epsilon = 1e-5;
const space = [1, 2];

/**
 * Affine instance norm (Ulyanov et al. 2016) over height and width of x [N, H, W, C], with weight
 * and bias [C]. It keeps no running statistics, so training and inference agree. The gradient is
 * the closed form: fewer passes over the maps than the one of its parts.
 */
export function instanceNorm(x: Tensor4D, weight: Tensor1D, bias: Tensor1D): Tensor4D {
  return tf.customGrad((input, scale, shift, save) => {
    const [map, gamma, beta] = [input, scale, shift] as [Tensor4D, Tensor1D, Tensor1D];
    const centred = tf.sub(map, tf.mean(map, space, true));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), space, true), epsilon));
    const normal = tf.mul(centred, inverse);
    (save as (saved: Tensor[]) => void)([normal, inverse, gamma]);
    return {
      value: tf.add(tf.mul(normal, gamma), beta),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [y, inverseDeviation, g] = saved;
        const perImage = tf.mean(dy, space, true);
        const perImageAlongY = tf.mean(tf.mul(dy, y), space, true);
        const dx = tf.mul(tf.sub(tf.sub(dy, perImage), tf.mul(y, perImageAlongY)), tf.mul(inverseDeviation, g));
        const pixels = y.shape[1]! * y.shape[2]!;
        const over = (means: Tensor) => tf.mul(tf.sum(means, [0, 1, 2]), pixels);
        return [dx, over(perImageAlongY), over(perImage)];
      },
    };
  })(x, weight, bias) as Tensor4D;
}

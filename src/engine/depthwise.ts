import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from './tfjs.js';

/**
 * Each channel of x (1, H, W, C) under its own filter (h, w, C, 1) with odd h and w, in steps of
 * one, padded with zeros to the same size. Its gradients are made of operations that every engine has: tfjs's own are
 * kernels that only its CPU backend knows.
 */
export function depthwise(x: Tensor4D, filter: Tensor4D): Tensor4D {
  return tf.customGrad((x, filter, save) => {
    (save as unknown as (saved: Tensor[]) => void)([x as Tensor, filter as Tensor]);
    return {
      value: convolve(x as Tensor4D, filter as Tensor4D),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, filter] = saved as [Tensor4D, Tensor4D];
        return [convolve(dy as Tensor4D, tf.reverse(filter, [0, 1])), filterGradient(x, dy as Tensor4D, filter.shape)];
      },
    };
  })(x, filter) as Tensor4D;
}

function convolve(x: Tensor4D, filter: Tensor4D): Tensor4D {
  return tf.depthwiseConv2d(x, filter, 1, 'same');
}

/** For each tap of the filter, the sum of the gradients times what this tap saw. */
function filterGradient(x: Tensor4D, dy: Tensor4D, [height, width, channels]: Tensor4D['shape']): Tensor4D {
  const [top, left] = [(height - 1) / 2, (width - 1) / 2];
  const padded = tf.pad(x, [[0, 0], [top, top], [left, left], [0, 0]]);
  const taps = Array.from({ length: height * width }, (_, tap) =>
    // What one tap saw is as large as x: it must not pile up.
    tf.tidy(() => tf.sum(tf.mul(tf.slice(padded, [0, Math.floor(tap / width), tap % width, 0], dy.shape), dy), [0, 1, 2])),
  );
  return tf.reshape(tf.stack(taps), [height, width, channels, 1]);
}

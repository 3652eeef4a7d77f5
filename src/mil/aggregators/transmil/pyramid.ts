import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../../engine/contract.js';
import { depthwise } from '../../../engine/depthwise.js';
import { tf } from '../../../engine/tfjs.js';
import type { Random } from '../../../shared/random.js';
import type { Parameters } from '../contract.js';
import { drawLinear } from '../linear.js';

/** The convolutions and the edges of their filters, widest first. */
const filters = [['pos_layer.proj', 7], ['pos_layer.proj1', 5], ['pos_layer.proj2', 3]] as const;
const widest = filters[0][1];

/**
 * PPEG, the position encoding of TransMIL (Shao et al. 2021, fig. 4): the square [R, R, D] plus
 * its depthwise convolutions by 7 × 7, 5 × 5 and 3 × 3. All are linear, so they are one convolution by the sum of the
 * filters, each padded to 7 × 7, with one in the middle for the square itself.
 */
export function positionEncoding(square: Tensor3D, parameters: Parameters): Tensor3D {
  const padded = filters.map(([name, edge]) => {
    const margin = (widest - edge) / 2;
    return tf.pad(parameters[`${name}.weight`] as Tensor4D, [[0, 0], [0, 0], [margin, margin], [margin, margin]]);
  });
  const filter = tf.transpose(tf.add(tf.addN(padded), middle()), [2, 3, 0, 1]) as Tensor4D;
  const bias = tf.addN(filters.map(([name]) => parameters[`${name}.bias`]!));
  return tf.add(tf.squeeze(depthwise(tf.expandDims(square, 0) as Tensor4D, filter), [0]), bias);
}

export function drawPyramid(random: Random, size: number): ParameterValues {
  return Object.assign({}, ...filters.map(([name, edge]) => drawLinear(random, name, edge * edge, size, [size, 1, edge, edge]))) as ParameterValues;
}

/** One in the middle of a filter, else zero [1, 1, 7, 7]. */
function middle(): Tensor {
  return tf.tensor4d(Array.from({ length: widest * widest }, (_, i) => Number(i === (widest * widest - 1) / 2)), [1, 1, widest, widest]);
}

import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from '../../../src/engine/tfjs.js';
import { drawLinear } from '../../../src/mil/aggregators/linear.js';
import { denseLayers, type InstanceEncoder } from './encoder.js';

export interface ConvolutionalSizes {
  /** Edge of the square image, px. */
  readonly edge: number;
  readonly channels: number;
  /** Filters and edge of each convolution; a ReLU and a 2 × 2 max-pool follow. No padding. */
  readonly convolutions: readonly { readonly filters: number; readonly edge: number }[];
  /** Widths of the dense layers behind. */
  readonly dense: readonly number[];
  readonly dropout: number;
}

/** A network of LeNet's kind on instances that are images [edge, edge, channels], flattened. */
export function convolutionalEncoder({ edge, channels, convolutions, dense, dropout }: ConvolutionalSizes): InstanceEncoder {
  let size = edge;
  let depth = channels;
  const layers = convolutions.map(({ filters, edge: kernel }, i) => {
    const layer = { name: `encoder.conv.${i}`, kernel, inputs: depth, filters };
    size = Math.floor((size - kernel + 1) / 2);
    depth = filters;
    return layer;
  });
  const behind = denseLayers(size * size * depth, dense, dropout);
  return {
    ...behind,
    inputs: edge * edge * channels,
    initialise: (random) => ({
      ...Object.assign({}, ...layers.map(({ name, kernel, inputs, filters }) => drawLinear(random.fork(name), name, inputs * kernel * kernel, filters, [filters, inputs, kernel, kernel]))),
      ...behind.initialise(random),
    }),
    forward(bag, parameters, extras) {
      const images = tf.reshape(bag, [-1, edge, edge, channels]) as Tensor4D;
      const maps = layers.reduce((x, { name }) => {
        const convolved = tf.conv2d(x, tf.transpose(parameters[`${name}.weight`] as Tensor4D, [2, 3, 1, 0]), 1, 'valid');
        return tf.maxPool(tf.relu(tf.add(convolved, parameters[`${name}.bias`]!)) as Tensor4D, 2, 2, 'valid');
      }, images);
      return behind.forward(tf.reshape(maps, [-1, size * size * depth]) as Tensor2D, parameters, extras);
    },
  };
}

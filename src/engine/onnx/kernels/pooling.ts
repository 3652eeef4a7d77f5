import type { AvgPoolAttrs, MaxPoolAttrs } from '@tensorflow/tfjs-core';
import { tf } from '../../tfjs.js';
import { store } from '../values/layout.js';
import type { Value } from '../values/value.js';
import { channelsFirst, fromChannelsFirst } from './images.js';
import { UnmappedForm, type Kernel, type Kernels } from './kernel.js';

type Geometry = ReturnType<typeof tf.backend_util.computePool2DInfo>;

function geometry({ shape }: Value, { filterSize, strides, pad, dimRoundingMode }: MaxPoolAttrs): Geometry {
  return tf.backend_util.computePool2DInfo(shape as [number, number, number, number], filterSize, strides, 1, pad, dimRoundingMode);
}

function nodeAttributes(info: Geometry) {
  return {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: [info.padInfo.top, info.padInfo.left, info.padInfo.bottom, info.padInfo.right],
  };
}

const maxPool: Kernel<MaxPoolAttrs> = ({ graph, maxima }, { x }, attributes) => {
  const info = geometry(x, attributes);
  const [name, where] = graph.emitMany('MaxPool', [channelsFirst(graph, x)], 2, nodeAttributes(info)) as [string, string];
  maxima.set(name, where);
  return fromChannelsFirst(name, [info.batchSize, info.outChannels, info.outHeight, info.outWidth]);
};

const maxPoolGradient: Kernel<MaxPoolAttrs> = ({ graph, maxima }, { dy, input, output }, attributes) => {
  const info = geometry(input, attributes);
  const where = maxima.get(store(graph, output).content.name);
  if (where === undefined) throw new UnmappedForm('a gradient without its max pool');
  const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth] as const;
  const gradient = channelsFirst(graph, dy);
  const { top, left, bottom, right } = info.padInfo;
  const tiles = info.strideHeight === info.filterHeight && info.strideWidth === info.filterWidth && !(top || left || bottom || right) && info.outHeight * info.strideHeight === info.inHeight && info.outWidth * info.strideWidth === info.inWidth;
  if (tiles) return fromChannelsFirst(graph.emit('MaxUnpool', [gradient, where], { kernel_shape: [info.filterHeight, info.filterWidth], strides: [info.strideHeight, info.strideWidth] }), shape);
  // Windows overlap: an element may be the maximum of several.
  const flat = (name: string) => graph.emit('Reshape', [name, graph.ints([-1])]);
  const zeros = graph.emit('Expand', [graph.float(0), graph.ints([shape.reduce((product, size) => product * size, 1)])]);
  const scattered = graph.emit('ScatterElements', [zeros, flat(where), flat(gradient)], { axis: 0, reduction: 'add' });
  return fromChannelsFirst(graph.emit('Reshape', [scattered, graph.ints(shape)]), shape);
};

const averagePool: Kernel<AvgPoolAttrs> = ({ graph }, { x }, attributes) => {
  const info = geometry(x, attributes);
  const name = graph.emit('AveragePool', [channelsFirst(graph, x)], { ...nodeAttributes(info), count_include_pad: 0 });
  return fromChannelsFirst(name, [info.batchSize, info.outChannels, info.outHeight, info.outWidth]);
};

/** Every element of a window gets its share, by a transposed convolution of each channel with a constant. */
const averagePoolGradient: Kernel<AvgPoolAttrs> = ({ graph }, { dy, input }, attributes) => {
  const info = geometry(input, attributes);
  const { top, left, bottom, right } = info.padInfo;
  if (top || left || bottom || right) throw new UnmappedForm('a padded average pool');
  const { inChannels, filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const window = filterHeight * filterWidth;
  const shares = graph.constant('float32', [inChannels, 1, filterHeight, filterWidth], new Float32Array(inChannels * window).fill(1 / window));
  const rest = [info.inHeight - ((info.outHeight - 1) * strideHeight + filterHeight), info.inWidth - ((info.outWidth - 1) * strideWidth + filterWidth)];
  const name = graph.emit('ConvTranspose', [channelsFirst(graph, dy), shares], { group: inChannels, kernel_shape: [filterHeight, filterWidth], strides: [strideHeight, strideWidth], output_padding: rest });
  return fromChannelsFirst(name, [info.batchSize, inChannels, info.inHeight, info.inWidth]);
};

export const poolingKernels: Kernels = { MaxPool: maxPool, MaxPoolGrad: maxPoolGradient, AvgPool: averagePool, AvgPoolGrad: averagePoolGradient };

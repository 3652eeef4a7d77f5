import type { Conv2DAttrs, Conv2DBackpropFilterAttrs, Conv2DBackpropInputAttrs } from '@tensorflow/tfjs-core';
import { tf } from '../../tfjs.js';
import type { Graph } from '../graph/graph.js';
import { permute, plain } from '../values/layout.js';
import { stored, type Value } from '../values/value.js';
import { channelsFirst, fromChannelsFirst } from './images.js';
import { UnmappedForm, type Kernel, type Kernels } from './kernel.js';

type Geometry = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
type Shape4 = [number, number, number, number];

interface ConvolutionAttributes extends Pick<Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> {
  readonly dilations?: Conv2DAttrs['dilations'];
}

function geometry(x: readonly number[], filter: readonly number[], attributes: ConvolutionAttributes): Geometry {
  if (attributes.dataFormat === 'NCHW') throw new UnmappedForm('the NCHW data format');
  return tf.backend_util.computeConv2DInfo(x as Shape4, filter as Shape4, attributes.strides, attributes.dilations ?? 1, attributes.pad, attributes.dimRoundingMode, false, 'channelsLast');
}

function nodeAttributes(info: Geometry) {
  return {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pads: [info.padInfo.top, info.padInfo.left, info.padInfo.bottom, info.padInfo.right],
  };
}

/** tfjs's filter (H, W, in, out) as ONNX's and torch's (out, in, H, W). Free where the body turned it from there. */
function filterFirst(g: Graph, filter: Value): string {
  return plain(g, permute(g, filter, [3, 2, 0, 1]));
}

const convolution: Kernel<Conv2DAttrs> = ({ graph }, { x, filter }, attributes) => {
  const info = geometry(x.shape, filter.shape, attributes);
  const name = graph.emit('Conv', [channelsFirst(graph, x), filterFirst(graph, filter)], nodeAttributes(info));
  return fromChannelsFirst(name, [info.batchSize, info.outChannels, info.outHeight, info.outWidth]);
};

const inputGradient: Kernel<Conv2DBackpropInputAttrs> = ({ graph }, { dy, filter }, attributes) => {
  const info = geometry(attributes.inputShape, filter.shape, attributes);
  // Rows at the far edge that no window reached have gradient zero: ConvTranspose must be told of them.
  const unreached = (size: number, out: number, stride: number, window: number, before: number, after: number) => size - ((out - 1) * stride + window - before - after);
  const { padInfo: pad } = info;
  const padding = [
    unreached(info.inHeight, info.outHeight, info.strideHeight, info.filterHeight, pad.top, pad.bottom),
    unreached(info.inWidth, info.outWidth, info.strideWidth, info.filterWidth, pad.left, pad.right),
  ];
  const name = graph.emit('ConvTranspose', [channelsFirst(graph, dy), filterFirst(graph, filter)], { ...nodeAttributes(info), output_padding: padding });
  return fromChannelsFirst(name, [info.batchSize, info.inChannels, info.inHeight, info.inWidth]);
};

/** One product of all windows with all output gradients. */
const filterGradient: Kernel<Conv2DBackpropFilterAttrs> = ({ graph }, { x, dy }, attributes) => {
  const info = geometry(x.shape, attributes.filterShape, attributes);
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const positions = info.batchSize * info.outHeight * info.outWidth;
  const windows = graph.emit('Reshape', [unfold(graph, x, info), graph.ints([positions, filterHeight * filterWidth * inChannels])]);
  const gradients = graph.emit('Reshape', [plain(graph, dy), graph.ints([positions, outChannels])]);
  const product = graph.emit('Gemm', [gradients, windows], { transA: 1, transB: 0 });
  const filter = stored(graph.emit('Reshape', [product, graph.ints([outChannels, filterHeight, filterWidth, inChannels])]), [outChannels, filterHeight, filterWidth, inChannels]);
  // Out of the graph the filter lies as torch has it, so that moments and updates never turn it.
  const torch = stored(plain(graph, permute(graph, filter, [0, 3, 1, 2])), [outChannels, inChannels, filterHeight, filterWidth]);
  return permute(graph, torch, [2, 3, 1, 0]);
};

/** (N, H, W, C) to the windows (N, outH, outW, filterH·filterW·C). */
function unfold(g: Graph, x: Value, info: Geometry): string {
  const { top, left, bottom, right } = info.padInfo;
  const image = plain(g, x);
  const padded = top || left || bottom || right ? g.emit('Pad', [image, g.ints([0, top, left, 0, 0, bottom, right, 0])]) : image;
  const taps: string[] = [];
  for (let row = 0; row < info.filterHeight; row++) {
    for (let column = 0; column < info.filterWidth; column++) {
      const end = [row + (info.outHeight - 1) * info.strideHeight + 1, column + (info.outWidth - 1) * info.strideWidth + 1];
      taps.push(g.emit('Slice', [padded, g.ints([row, column]), g.ints(end), g.ints([1, 2]), g.ints([info.strideHeight, info.strideWidth])]));
    }
  }
  return taps.length === 1 ? taps[0]! : g.emit('Concat', taps, { axis: 3 });
}

export const convolutionKernels: Kernels = { Conv2D: convolution, Conv2DBackpropInput: inputGradient, Conv2DBackpropFilter: filterGradient };

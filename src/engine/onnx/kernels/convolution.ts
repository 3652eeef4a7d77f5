import type { Conv2DAttrs, Conv2DBackpropFilterAttrs, Conv2DBackpropInputAttrs } from '@tensorflow/tfjs-core';
import { tf } from '../../tfjs.js';
import type { Graph } from '../graph/graph.js';
import { permute, plain } from '../values/layout.js';
import { stored, type Value } from '../values/value.js';
import { convolveBlocked, convolveBlockedTurned, fitsBlocks, type BlockedConvolution } from './blocked.js';
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

const convolution: Kernel<Conv2DAttrs> = ({ graph, channelBlock }, { x, filter }, attributes) => {
  const info = geometry(x.shape, filter.shape, attributes);
  const image = channelsFirst(graph, x);
  const blocked = inBlocks(channelBlock, info);
  const name =
    strided(info) || !fitsBlocks(blocked, info.outWidth)
      ? graph.emit('Conv', [image, filterFirst(graph, filter)], nodeAttributes(info))
      : convolveBlocked(graph, image, filterFirst(graph, filter), blocked);
  return fromChannelsFirst(name, [info.batchSize, info.outChannels, info.outHeight, info.outWidth]);
};

const inputGradient: Kernel<Conv2DBackpropInputAttrs> = ({ graph, channelBlock }, { dy, filter }, attributes) => {
  const info = geometry(attributes.inputShape, filter.shape, attributes);
  const gradient = channelsFirst(graph, dy);
  const blocked = { ...inBlocks(channelBlock, info), channels: [info.outChannels, info.inChannels], pads: turnedPads(info) } as const;
  const name =
    strided(info) ? transposedConvolution(graph, gradient, filter, info)
    : fitsBlocks(blocked, info.inWidth) ? convolveBlockedTurned(graph, gradient, filterFirst(graph, filter), blocked)
    : turnedConvolution(graph, gradient, filter, info);
  return fromChannelsFirst(name, [info.batchSize, info.inChannels, info.inHeight, info.inWidth]);
};

function strided({ strideHeight, strideWidth }: Geometry): boolean {
  return strideHeight > 1 || strideWidth > 1;
}

function inBlocks(block: number, info: Geometry): BlockedConvolution {
  return { block, channels: [info.inChannels, info.outChannels], window: [info.filterHeight, info.filterWidth], pads: nodeAttributes(info).pads };
}

function transposedConvolution(g: Graph, dy: string, filter: Value, info: Geometry): string {
  const { padInfo: pad } = info;
  // Rows at the far edge that no window reached have gradient zero: ConvTranspose must be told of them.
  const unreached = (size: number, out: number, stride: number, window: number, before: number, after: number) => size - ((out - 1) * stride + window - before - after);
  const padding = [
    unreached(info.inHeight, info.outHeight, info.strideHeight, info.filterHeight, pad.top, pad.bottom),
    unreached(info.inWidth, info.outWidth, info.strideWidth, info.filterWidth, pad.left, pad.right),
  ];
  return g.emit('ConvTranspose', [dy, filterFirst(g, filter)], { ...nodeAttributes(info), output_padding: padding });
}

/** With stride 1 the gradient is a convolution with the filter turned by 180°, which onnxruntime does twice as fast as ConvTranspose. */
function turnedConvolution(g: Graph, dy: string, filter: Value, info: Geometry): string {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const taps = filterHeight * filterWidth;
  // The taps move along, for moving numbers one by one is slow; the Gather turns them.
  const byInput = g.emit('Transpose', [g.emit('Reshape', [filterFirst(g, filter), g.ints([outChannels, inChannels, taps])])], { perm: [1, 0, 2] });
  const turned = taps === 1 ? byInput : g.emit('Gather', [byInput, g.ints(Array.from({ length: taps }, (_, i) => taps - 1 - i))], { axis: 2 });
  const kernel = g.emit('Reshape', [turned, g.ints([inChannels, outChannels, filterHeight, filterWidth])]);
  return g.emit('Conv', [dy, kernel], { kernel_shape: [filterHeight, filterWidth], strides: [1, 1], dilations: [1, 1], pads: turnedPads(info) });
}

function turnedPads({ filterHeight, filterWidth, padInfo: pad }: Geometry): number[] {
  return [filterHeight - 1 - pad.top, filterWidth - 1 - pad.left, filterHeight - 1 - pad.bottom, filterWidth - 1 - pad.right];
}

/** Below this many input channels a product for each tap is too thin: all taps go into one. */
const THIN = 16;

/**
 * For each tap of the filter, the product of all output gradients with all the elements that
 * this tap saw. Out of it the filter lies as torch has it, so that moments and updates never turn it.
 */
const filterGradient: Kernel<Conv2DBackpropFilterAttrs> = ({ graph }, { x, dy }, attributes) => {
  const info = geometry(x.shape, attributes.filterShape, attributes);
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const positions = info.batchSize * info.outHeight * info.outWidth;
  const rows = (name: string, count: number) => graph.emit('Reshape', [name, graph.ints([count, positions])]);
  const gradients = rows(plain(graph, permute(graph, dy, [3, 0, 1, 2])), outChannels);
  const product = (seen: string) => graph.emit('Gemm', [gradients, seen], { transA: 0, transB: 1 });
  const taps = windows(graph, plain(graph, permute(graph, x, [3, 0, 1, 2])), info);
  const byTap =
    inChannels < THIN
      ? product(rows(concat(graph, taps, 0), taps.length * inChannels))
      : concat(graph, taps.map((tap) => product(rows(tap, inChannels))), 1);
  const split = stored(graph.emit('Reshape', [byTap, graph.ints([outChannels, filterHeight, filterWidth, inChannels])]), [outChannels, filterHeight, filterWidth, inChannels]);
  const torch = stored(plain(graph, permute(graph, split, [0, 3, 1, 2])), [outChannels, inChannels, filterHeight, filterWidth]);
  return permute(graph, torch, [2, 3, 1, 0]);
};

/** The elements of an image (C, N, H, W) that each tap of the filter saw, as (C, N, outH, outW). */
function windows(g: Graph, image: string, info: Geometry): string[] {
  const { filterWidth, padInfo: { top, left, bottom, right } } = info;
  const padded = top || left || bottom || right ? g.emit('Pad', [image, g.ints([0, 0, top, left, 0, 0, bottom, right])]) : image;
  const keepsSize = !strided(info) && info.outHeight === info.inHeight && info.outWidth === info.inWidth;
  return Array.from({ length: info.filterHeight * filterWidth }, (_, tap) => {
    const [row, column] = [Math.floor(tap / filterWidth), tap % filterWidth];
    // This tap saw the image as it is: a ninth of the copies of a 3×3 filter is saved.
    if (keepsSize && row === top && column === left) return image;
    const end = [row + (info.outHeight - 1) * info.strideHeight + 1, column + (info.outWidth - 1) * info.strideWidth + 1];
    return g.emit('Slice', [padded, g.ints([row, column]), g.ints(end), g.ints([2, 3]), g.ints([info.strideHeight, info.strideWidth])]);
  });
}

function concat(g: Graph, names: readonly string[], axis: number): string {
  return names.length === 1 ? names[0]! : g.emit('Concat', names, { axis });
}

export const convolutionKernels: Kernels = { Conv2D: convolution, Conv2DBackpropInput: inputGradient, Conv2DBackpropFilter: filterGradient };

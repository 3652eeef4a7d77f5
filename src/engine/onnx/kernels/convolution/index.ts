import type { Conv2DAttrs, Conv2DBackpropFilterAttrs, Conv2DBackpropInputAttrs } from '@tensorflow/tfjs-core';
import type { Graph } from '../../graph/graph.js';
import { permute, plain } from '../../values/layout.js';
import { stored, type Value } from '../../values/value.js';
import { channelsFirst, fromChannelsFirst } from '../images.js';
import type { Kernel, Kernels, Trace } from '../kernel.js';
import { depthwiseConvolution } from './depthwise.js';
import { blocked, blockedTurned, convolveBlocked, convolveBlockedTurned } from './blocked.js';
import { tapByTap } from './filter-gradient.js';
import { geometry, nodeAttributes, strided, type Geometry } from './geometry.js';
import { transposedConvolution, turnedConvolution } from './input-gradient.js';
import { filtered, filteredFilterGradient, filteredInputGradient, minimalFiltering, type MinimalFiltering } from './minimal-filtering.js';

/** tfjs's filter (H, W, in, out) as ONNX's and torch's (out, in, H, W). Free where the body turned it from there. */
function filterFirst(g: Graph, filter: Value): string {
  return plain(g, permute(g, filter, [3, 2, 0, 1]));
}

function inFewerProducts({ onCpu }: Trace, info: Geometry): MinimalFiltering | undefined {
  return onCpu ? minimalFiltering(info) : undefined;
}

const convolution: Kernel<Conv2DAttrs> = (trace, { x, filter }, attributes) => {
  const info = geometry(x.shape, filter.shape, attributes);
  const name = convolved(trace, channelsFirst(trace.graph, x), filterFirst(trace.graph, filter), info);
  return fromChannelsFirst(name, [info.batchSize, info.outChannels, info.outHeight, info.outWidth]);
};

function convolved(trace: Trace, image: string, filter: string, info: Geometry): string {
  const minimal = inFewerProducts(trace, info);
  if (minimal) return filtered(trace.graph, image, filter, minimal);
  const inBlocks = blocked(trace.channelBlock, info);
  return inBlocks ? convolveBlocked(trace.graph, image, filter, inBlocks) : trace.graph.emit('Conv', [image, filter], nodeAttributes(info));
}

const inputGradient: Kernel<Conv2DBackpropInputAttrs> = (trace, { dy, filter }, attributes) => {
  const info = geometry(attributes.inputShape, filter.shape, attributes);
  const name = gradientOfInput(trace, channelsFirst(trace.graph, dy), filterFirst(trace.graph, filter), info);
  return fromChannelsFirst(name, [info.batchSize, info.inChannels, info.inHeight, info.inWidth]);
};

function gradientOfInput(trace: Trace, dy: string, filter: string, info: Geometry): string {
  const minimal = inFewerProducts(trace, info);
  if (minimal) return filteredInputGradient(trace.graph, dy, filter, minimal);
  if (strided(info)) return transposedConvolution(trace.graph, dy, filter, info);
  const inBlocks = blockedTurned(trace.channelBlock, info);
  return inBlocks ? convolveBlockedTurned(trace.graph, dy, filter, inBlocks) : turnedConvolution(trace.graph, dy, filter, info);
}

/** Out of the graph the filter lies as torch has it, so that moments and updates never turn it. */
const filterGradient: Kernel<Conv2DBackpropFilterAttrs> = (trace, { x, dy }, attributes) => {
  const { graph } = trace;
  const info = geometry(x.shape, attributes.filterShape, attributes);
  const minimal = inFewerProducts(trace, info);
  const torch = minimal ? filteredFilterGradient(graph, channelsFirst(graph, x), channelsFirst(graph, dy), minimal) : tapByTap(trace, x, dy, info);
  return permute(graph, stored(torch, [info.outChannels, info.inChannels, info.filterHeight, info.filterWidth]), [2, 3, 1, 0]);
};

export const convolutionKernels: Kernels = { Conv2D: convolution, Conv2DBackpropInput: inputGradient, Conv2DBackpropFilter: filterGradient, DepthwiseConv2dNative: depthwiseConvolution };

import type { Graph } from '../../graph/graph.js';
import { nodeAttributes, turnedPads, type Geometry } from './geometry.js';

/** The gradient of the input of a convolution with strides, from that of its output and torch's filter. */
export function transposedConvolution(g: Graph, dy: string, filter: string, info: Geometry): string {
  const { padInfo: pad } = info;
  // Rows at the far edge that no window reached have gradient zero: ConvTranspose must be told of them.
  const unreached = (size: number, out: number, stride: number, window: number, before: number, after: number) => size - ((out - 1) * stride + window - before - after);
  const padding = [
    unreached(info.inHeight, info.outHeight, info.strideHeight, info.filterHeight, pad.top, pad.bottom),
    unreached(info.inWidth, info.outWidth, info.strideWidth, info.filterWidth, pad.left, pad.right),
  ];
  return g.emit('ConvTranspose', [dy, filter], { ...nodeAttributes(info), output_padding: padding });
}

/** With stride 1 the gradient is a convolution with the filter turned by 180°, which onnxruntime does twice as fast as ConvTranspose. */
export function turnedConvolution(g: Graph, dy: string, filter: string, info: Geometry): string {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const taps = filterHeight * filterWidth;
  // The taps move along, for moving numbers one by one is slow; the Gather turns them.
  const byInput = g.emit('Transpose', [g.emit('Reshape', [filter, g.ints([outChannels, inChannels, taps])])], { perm: [1, 0, 2] });
  const turned = taps === 1 ? byInput : g.emit('Gather', [byInput, g.ints(Array.from({ length: taps }, (_, i) => taps - 1 - i))], { axis: 2 });
  const kernel = g.emit('Reshape', [turned, g.ints([inChannels, outChannels, filterHeight, filterWidth])]);
  return g.emit('Conv', [dy, kernel], { kernel_shape: [filterHeight, filterWidth], strides: [1, 1], dilations: [1, 1], pads: turnedPads(info) });
}

import type { Graph } from '../../graph/graph.js';
import { BEFORE_START } from '../kernel.js';
import { nodeAttributes, strided, turnedPads, type Geometry } from './geometry.js';

/**
 * The runtime's own layout for convolutions: channels in blocks that fill a register. It convolves there a third
 * faster, but by itself only where filters are constants; so we bring images and filters there and back.
 */
const DOMAIN = 'com.microsoft.nchwc';

/** Narrower maps are mostly edge, where blocks are slow. */
const NARROW = 8;

export interface BlockedConvolution {
  /** Channels a block. */
  readonly block: number;
  /** (in, out) */
  readonly channels: readonly [number, number];
  /** Edge lengths of the filter. */
  readonly window: readonly [number, number];
  /** top, left, bottom, right */
  readonly pads: readonly number[];
}

/** How to do a convolution in blocks of `block` channels; nothing where they are not worth it. */
export function blocked(block: number, info: Geometry): BlockedConvolution | undefined {
  return fitting({ block, channels: [info.inChannels, info.outChannels], window: [info.filterHeight, info.filterWidth], pads: nodeAttributes(info).pads }, info, info.outWidth);
}

/** Likewise the gradient of its input. */
export function blockedTurned(block: number, info: Geometry): BlockedConvolution | undefined {
  return fitting({ block, channels: [info.outChannels, info.inChannels], window: [info.filterHeight, info.filterWidth], pads: turnedPads(info) }, info, info.inWidth);
}

/** `width` is that of what comes out. */
function fitting(of: BlockedConvolution, info: Geometry, width: number): BlockedConvolution | undefined {
  const { block, channels, window } = of;
  const fits = block > 1 && !strided(info) && channels.every((count) => count % block === 0) && window[0] * window[1] > 1 && width >= NARROW;
  return fits ? of : undefined;
}

/** The convolution (stride 1) of an image (N, C, H, W) with torch's filter (out, in, H, W). */
export function convolveBlocked(g: Graph, image: string, filter: string, of: BlockedConvolution): string {
  const { channels: [inputs, outputs] } = of;
  const kernel = g.emit('Transpose', [split(g, filter, [outputs, inputs], of)], { perm: [0, 2, 4, 3, 1] });
  return convolve(g, image, kernel, of);
}

/** Likewise with the filter turned by 180° and its channels exchanged, which gives the gradient of the input: `of.channels` and `of.pads` are this convolution's own. */
export function convolveBlockedTurned(g: Graph, gradient: string, filter: string, of: BlockedConvolution): string {
  const { channels } = of;
  const byTap = g.emit('Transpose', [split(g, filter, channels, of)], { perm: [2, 0, 4, 1, 3] });
  const turned = g.emit('Slice', [byTap, g.ints([-1]), g.ints([BEFORE_START]), g.ints([2]), g.ints([-1])]);
  return convolve(g, gradient, turned, of);
}

/** A filter as (out blocks, out, in blocks, in, taps). */
function split(g: Graph, filter: string, [outputs, inputs]: readonly [number, number], { block, window: [height, width] }: BlockedConvolution): string {
  return g.emit('Reshape', [filter, g.ints([outputs / block, block, inputs / block, block, height * width])]);
}

/** `kernel` lies as (out blocks, in blocks, taps, in, out). */
function convolve(g: Graph, image: string, kernel: string, { channels: [inputs, outputs], window, pads }: BlockedConvolution): string {
  const weights = g.emit('Reshape', [kernel, g.ints([outputs, inputs, ...window])]);
  const blocked = g.emit('ReorderInput', [image], {}, DOMAIN);
  const convolved = g.emit('Conv', [blocked, weights], { kernel_shape: window, strides: [1, 1], dilations: [1, 1], pads }, DOMAIN);
  return g.emit('ReorderOutput', [convolved], { channels: outputs }, DOMAIN);
}

import type { Graph } from '../graph/graph.js';
import { BEFORE_START } from './kernel.js';

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

/** Whether blocks are worth it for a convolution of stride 1 whose output is `width` wide. */
export function fitsBlocks({ block, channels, window }: BlockedConvolution, width: number): boolean {
  return block > 1 && channels.every((count) => count % block === 0) && window[0] * window[1] > 1 && width >= NARROW;
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

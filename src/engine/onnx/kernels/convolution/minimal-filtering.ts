import type { Graph } from '../../graph/graph.js';
import type { Geometry } from './geometry.js';
import { minimalAxis, outerProduct, type Matrix, type MinimalAxis } from './minimal-axis.js';

/**
 * A convolution with a 3×3 filter by Winograd's minimal filtering: tiles of the image and the filter turn into sums of
 * their elements, whose products are matrix products with 2.25 (stride 2: 1.44) times fewer multiplications, and these
 * turn into tiles of the output. The turns are constant matrices over whole rows and columns, so nothing is cut out
 * or copied; both gradients are made of the same turns and their transposes.
 */
export interface MinimalFiltering {
  readonly batch: number;
  /** (in, out) */
  readonly channels: readonly [number, number];
  readonly height: MinimalAxis;
  readonly width: MinimalAxis;
}

/**
 * Channels for each pixel of the output's edge from which fewer products pay: products cost by the channel, the turns
 * by the edge. (Steps of forward and backward took 0.35 to 0.95 of the time above, about as long or longer below.)
 */
const CHANNELS_PER_PIXEL = 8;

/** How to do a convolution in fewer products; nothing where there is no way, or no gain. */
export function minimalFiltering(info: Geometry): MinimalFiltering | undefined {
  const { batchSize, inChannels, outChannels, outHeight, outWidth, padInfo } = info;
  if (info.dilationHeight > 1 || info.dilationWidth > 1 || Math.min(inChannels, outChannels) < CHANNELS_PER_PIXEL * Math.max(outHeight, outWidth)) return undefined;
  const height = minimalAxis({ taps: info.filterHeight, stride: info.strideHeight, input: info.inHeight, output: outHeight, before: padInfo.top });
  const width = minimalAxis({ taps: info.filterWidth, stride: info.strideWidth, input: info.inWidth, output: outWidth, before: padInfo.left });
  return height && width && { batch: batchSize, channels: [inChannels, outChannels], height, width };
}

/** Image (N, in, H, W) and torch's filter (out, in, H, W) to output (N, out, H, W). */
export function filtered(g: Graph, image: string, filter: string, of: MinimalFiltering): string {
  const products = multiplied(g, spreadImage(g, image, of), spreadFilter(g, filter, of), { transA: 0, transB: 1 });
  return gathered(g, products, of.channels[1], of.height.toOutput, of.width.toOutput, of);
}

/** The gradient of the image, from that of the output. */
export function filteredInputGradient(g: Graph, dy: string, filter: string, of: MinimalFiltering): string {
  const products = multiplied(g, spreadGradient(g, dy, of), spreadFilter(g, filter, of), { transA: 0, transB: 0 });
  return gathered(g, products, of.channels[0], of.height.fromInput, of.width.fromInput, of);
}

/** The gradient of torch's filter. */
export function filteredFilterGradient(g: Graph, image: string, dy: string, of: MinimalFiltering): string {
  const { channels: [inputs, outputs] } = of;
  const turn = filterTurn(of);
  const products = multiplied(g, spreadGradient(g, dy, of), spreadImage(g, image, of), { transA: 1, transB: 0 });
  const taps = g.emit('Gemm', [g.emit('Reshape', [products, g.ints([turn.shape[0], outputs * inputs])]), constant(g, turn)], { transA: 1, transB: 0 });
  return g.emit('Reshape', [taps, g.ints([outputs, inputs, 3, 3])]);
}

/** (products, tiles × N, in) */
function spreadImage(g: Graph, image: string, of: MinimalFiltering): string {
  return spread(g, image, of.channels[0], of.height.fromInput, of.width.fromInput, of);
}

/** (products, tiles × N, out) */
function spreadGradient(g: Graph, dy: string, of: MinimalFiltering): string {
  return spread(g, dy, of.channels[1], of.height.toOutput, of.width.toOutput, of);
}

/** (products, out, in) */
function spreadFilter(g: Graph, filter: string, of: MinimalFiltering): string {
  const { channels: [inputs, outputs] } = of;
  const turn = filterTurn(of);
  const spread = g.emit('Gemm', [constant(g, turn), g.emit('Reshape', [filter, g.ints([outputs * inputs, turn.shape[1]])])], { transA: 0, transB: 1 });
  return g.emit('Reshape', [spread, g.ints([turn.shape[0], outputs, inputs])]);
}

/** To products of a tile, those along its width first, from the taps of the filter. */
function filterTurn({ height, width }: MinimalFiltering): Matrix {
  return outerProduct(width.fromFilter, height.fromFilter);
}

/** Maps (N, channels, H, W) to (products, tiles × N, channels). */
function spread(g: Graph, maps: string, channels: number, rows: Matrix, columns: Matrix, { batch, height, width }: MinimalFiltering): string {
  const [, h] = rows.shape;
  const [, w] = columns.shape;
  const byColumn = g.emit('Gemm', [constant(g, columns), g.emit('Reshape', [maps, g.ints([batch * channels * h, w])])], { transA: 0, transB: 1 });
  const split = g.emit('Reshape', [byColumn, g.ints([width.products, width.tiles * batch * channels, h])]);
  const byRow = multiplied(g, constant(g, rows), split, { transA: 0, transB: 1 });
  return g.emit('Reshape', [byRow, g.ints([width.products * height.products, height.tiles * width.tiles * batch, channels])]);
}

/** The transpose of `spread`. */
function gathered(g: Graph, products: string, channels: number, rows: Matrix, columns: Matrix, { batch, width }: MinimalFiltering): string {
  const [, h] = rows.shape;
  const [, w] = columns.shape;
  const split = g.emit('Reshape', [products, g.ints([width.products, rows.shape[0], width.tiles * batch * channels])]);
  const byColumn = g.emit('Reshape', [multiplied(g, split, constant(g, rows), { transA: 1, transB: 0 }), g.ints([columns.shape[0], batch * channels * h])]);
  return g.emit('Reshape', [g.emit('Gemm', [byColumn, constant(g, columns)], { transA: 1, transB: 0 }), g.ints([batch, channels, h, w])]);
}

function multiplied(g: Graph, a: string, b: string, flags: { readonly transA: number; readonly transB: number }): string {
  return g.emit('FusedMatMul', [a, b], flags, 'com.microsoft');
}

function constant(g: Graph, { shape, data }: Matrix): string {
  return g.constant('float32', shape, data);
}

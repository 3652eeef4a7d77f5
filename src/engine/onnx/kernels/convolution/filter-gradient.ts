import type { Graph } from '../../graph/graph.js';
import { permute, plain } from '../../values/layout.js';
import { stored, type Value } from '../../values/value.js';
import type { Trace } from '../kernel.js';
import { strided, type Geometry } from './geometry.js';

/** Below this many input channels a product for each tap is too thin: all taps go into one. */
const THIN = 16;

/**
 * The gradient of the filter, (out, in, H, W) as torch has it: for each of its taps, the product of all output
 * gradients `dy` (N, H, W, out) with all the elements of `x` (N, H, W, in) that this tap saw.
 */
export function tapByTap({ graph: g, onCpu }: Trace, x: Value, dy: Value, info: Geometry): string {
  const { batchSize, inChannels, outChannels, outHeight, outWidth, filterHeight, filterWidth } = info;
  const pixels = outHeight * outWidth;
  // Image by image nothing is turned and all stays near, as long as the products are no larger than the images.
  const imageByImage = onCpu && pixels >= Math.max(inChannels, outChannels);
  const channelsAt = imageByImage ? 1 : 0;
  const laid = (maps: Value) => plain(g, permute(g, maps, imageByImage ? [0, 3, 1, 2] : [3, 0, 1, 2]));
  const rows = (name: string, count: number) => g.emit('Reshape', [name, g.ints(imageByImage ? [batchSize, count, pixels] : [count, batchSize * pixels])]);
  const gradients = rows(laid(dy), outChannels);
  const product = (seen: string) =>
    imageByImage
      ? g.emit('ReduceSum', [g.emit('FusedMatMul', [gradients, seen], { transA: 0, transB: 1 }, 'com.microsoft'), g.ints([0])], { keepdims: 0 })
      : g.emit('Gemm', [gradients, seen], { transA: 0, transB: 1 });
  const taps = windows(g, laid(x), info);
  const byTap =
    inChannels < THIN
      ? product(rows(concat(g, taps, channelsAt), taps.length * inChannels))
      : concat(g, taps.map((tap) => product(rows(tap, inChannels))), 1);
  const split = stored(g.emit('Reshape', [byTap, g.ints([outChannels, filterHeight, filterWidth, inChannels])]), [outChannels, filterHeight, filterWidth, inChannels]);
  return plain(g, permute(g, split, [0, 3, 1, 2]));
}

/** The elements of maps (…, H, W) that each tap of the filter saw, as (…, outH, outW); four axes. */
function windows(g: Graph, maps: string, info: Geometry): string[] {
  const { filterWidth, padInfo: { top, left, bottom, right } } = info;
  const padded = top || left || bottom || right ? g.emit('Pad', [maps, g.ints([0, 0, top, left, 0, 0, bottom, right])]) : maps;
  const keepsSize = !strided(info) && info.outHeight === info.inHeight && info.outWidth === info.inWidth;
  return Array.from({ length: info.filterHeight * filterWidth }, (_, tap) => {
    const [row, column] = [Math.floor(tap / filterWidth), tap % filterWidth];
    // This tap saw the image as it is: a ninth of the copies of a 3×3 filter is saved.
    if (keepsSize && row === top && column === left) return maps;
    const end = [row + (info.outHeight - 1) * info.strideHeight + 1, column + (info.outWidth - 1) * info.strideWidth + 1];
    return g.emit('Slice', [padded, g.ints([row, column]), g.ints(end), g.ints([2, 3]), g.ints([info.strideHeight, info.strideWidth])]);
  });
}

function concat(g: Graph, names: readonly string[], axis: number): string {
  return names.length === 1 ? names[0]! : g.emit('Concat', names, { axis });
}

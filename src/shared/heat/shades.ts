import type { SlidePatches } from '../rpc/slides.js';
import type { ColorScale, Measure } from '../rpc/views/slide.js';

/** The patches of a slide on the ramp: where each stands, and in which order they are painted. */
export interface Shades {
  /** Share of the ramp, 0–1, a patch. */
  readonly share: Float32Array;
  /** Patches from the lowest to the highest value: what matters most is painted last. */
  readonly order: Uint32Array;
  /** Values of the measure at even places of the ramp, lowest first. */
  readonly ticks: readonly number[];
}

/** How many numbers stand under the legend. */
export const tickCount = 5;

/** Places the patches on the ramp by a measure. */
export function shadesOf(patches: Pick<SlidePatches, Exclude<Measure, 'none'>>, measure: Exclude<Measure, 'none'>, scale: ColorScale): Shades {
  const values = patches[measure];
  // The first rank is the highest.
  const sign = measure === 'rank' ? -1 : 1;
  const order = Uint32Array.from(values.keys()).sort((a, b) => sign * (values[a] - values[b]) || a - b);
  const share = scale === 'percentile' ? percentiles(values, order) : absolute(values, measure);
  return { share, order, ticks: scale === 'percentile' ? quantiles(values, order) : evenly(...range(values, measure)) };
}

/** Place among all patches, 0–1; equal values share the middle of their places. */
function percentiles(values: ArrayLike<number>, order: Uint32Array): Float32Array {
  const share = new Float32Array(order.length);
  const last = Math.max(1, order.length - 1);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) share[order[i]] = order.length === 1 ? 1 : (start + end - 1) / 2 / last;
  }
  return share;
}

function quantiles(values: ArrayLike<number>, order: Uint32Array): number[] {
  return Array.from({ length: tickCount }, (_, i) => values[order[Math.round((i / (tickCount - 1)) * (order.length - 1))]]);
}

function absolute(values: ArrayLike<number>, measure: Exclude<Measure, 'none'>): Float32Array {
  const [low, high] = range(values, measure);
  return Float32Array.from(values, (value) => (high === low ? 1 : (value - low) / (high - low)));
}

/** What the ends of the ramp stand for: probabilities run from 0 to 1, attention from 0, ranks from the last to the first. */
function range(values: ArrayLike<number>, measure: Exclude<Measure, 'none'>): [number, number] {
  if (measure === 'score') return [0, 1];
  if (measure === 'rank') return [values.length, 1];
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  return [0, most];
}

function evenly(low: number, high: number): number[] {
  return Array.from({ length: tickCount }, (_, i) => low + ((high - low) * i) / (tickCount - 1));
}

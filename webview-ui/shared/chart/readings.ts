import type { Range } from './curve.js';
import { lowerBound, nearestPlace, upperBound } from './search.js';
import type { LineSeries } from './series.js';

/** What a series says at a place. */
export interface Reading {
  readonly series: LineSeries;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** The x of a point nearest to a place; undefined where no series has one in the range. */
export function nearestX(series: readonly LineSeries[], place: number, [min, max]: Range): number | undefined {
  let best: number | undefined;
  for (const { curve } of series) {
    const x = curve.x[nearestPlace(curve.x, Math.min(Math.max(place, min), max))];
    if (x === undefined || x < min || x > max) continue;
    if (best === undefined || Math.abs(x - place) < Math.abs(best - place)) best = x;
  }
  return best;
}

/** What each series says at `x`, or next to it as far as a hair's breadth of what is shown; those that are not there say nothing. */
export function readingsAt(series: readonly LineSeries[], x: number, [min, max]: Range): Reading[] {
  const near = (max - min) / 100;
  return series.flatMap((one) => {
    const { curve } = one;
    const at = nearestPlace(curve.x, x);
    const value = curve.y[at];
    if (value === undefined || Number.isNaN(value) || Math.abs(curve.x[at]! - x) > near) return [];
    const [low, high] = [curve.low?.[at], curve.high?.[at]];
    return [{ series: one, value, ...(low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high) ? {} : { low, high }) }];
  });
}

/** The x of the next point of any series after (or before) a place. @param stride points to go at once. */
export function nextX(series: readonly LineSeries[], place: number, direction: 1 | -1, stride: number): number | undefined {
  const candidates = series.flatMap(({ curve: { x } }) => {
    const at = direction > 0 ? upperBound(x, place) + stride - 1 : lowerBound(x, place) - stride;
    return x[at] ?? (direction > 0 ? x[x.length - 1] : x[0]) ?? [];
  });
  const further = candidates.filter((x) => (direction > 0 ? x > place : x < place));
  return further.length === 0 ? undefined : direction > 0 ? Math.min(...further) : Math.max(...further);
}

/** Every x of any series in a range, once, from left to right. */
export function placesWithin(series: readonly LineSeries[], [min, max]: Range): Float64Array {
  const parts = series.map(({ curve: { x } }) => x.subarray(lowerBound(x, min), upperBound(x, max)));
  if (parts.length === 1) return parts[0]!;
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  all.sort();
  let kept = 0;
  for (const x of all) if (kept === 0 || x !== all[kept - 1]) all[kept++] = x;
  return all.subarray(0, kept);
}

/** Where a series has a point exactly at `x`; -1 where it has none, and then its columns say nothing. */
export function placeOf({ curve }: LineSeries, x: number): number {
  const at = lowerBound(curve.x, x);
  return curve.x[at] === x ? at : -1;
}

import type { Curve, Range } from './curve.js';
import { lowerBound, upperBound } from './search.js';

/** A point as chart.js takes it. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/**
 * The points that draw a part of a curve on so many pixel columns. Where a column holds many points
 * its least and greatest stand for them, so no spike is lost however long the curve is.
 */
export function visiblePoints(curve: Curve, [min, max]: Range, columns: number): ChartPoint[] {
  const { x } = curve;
  // One more on each side: lines run to the edge.
  const from = Math.max(0, lowerBound(x, min) - 1);
  const to = Math.min(x.length, upperBound(x, max) + 1);
  return to - from <= 2 * columns ? everyPoint(curve, from, to) : extremesOfColumns(curve, from, to, min, (max - min) / columns);
}

function everyPoint({ x, y, low, high, segment }: Curve, from: number, to: number): ChartPoint[] {
  const points: ChartPoint[] = [];
  for (let at = from; at < to; at++) {
    if (at > from && segment && segment[at] !== segment[at - 1]) points.push(gapAt(x[at]!));
    points.push(low && high ? { x: x[at]!, y: y[at]!, low: low[at]!, high: high[at]! } : { x: x[at]!, y: y[at]! });
  }
  return points;
}

function extremesOfColumns({ x, y, segment, extrema }: Curve, from: number, to: number, min: number, width: number): ChartPoint[] {
  const points: ChartPoint[] = [];
  for (let at = from; at < to; ) {
    const column = Math.floor((x[at]! - min) / width);
    let end = Math.max(at + 1, lowerBound(x, min + (column + 1) * width, at, to));
    const broken = segment !== undefined && segment[end - 1] !== segment[at];
    if (broken) end = upperBound(segment, segment[at]!, at, end);
    const [least, greatest] = extrema.within(y, at, end);
    if (least <= greatest) {
      const [first, last] = y[at]! - least < greatest - y[at]! ? [least, greatest] : [greatest, least];
      points.push({ x: x[at]!, y: first }, { x: x[end - 1]!, y: last });
    }
    if (segment && end < to && segment[end] !== segment[at]) points.push(gapAt(x[end]!));
    at = end;
  }
  return points;
}

function gapAt(x: number): ChartPoint {
  return { x, y: NaN };
}

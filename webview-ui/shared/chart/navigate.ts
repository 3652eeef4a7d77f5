import type { Curve, Range } from './curve.js';

/** Deepest zoom, as a share of the whole. */
const deepest = 1e-6;

/** From the first to the last x of all curves, and `pad` beside them; undefined where there is no point. */
export function fullRange(curves: readonly Curve[], pad = 0): Range | undefined {
  const ends = curves.flatMap(({ x }) => (x.length > 0 ? [x[0]!, x[x.length - 1]!] : []));
  if (ends.length === 0) return undefined;
  const [min, max] = [Math.min(...ends) - pad, Math.max(...ends) + pad];
  return min < max ? [min, max] : [min - 0.5, max + 0.5];
}

/** The part of the range that stays when zoomed about a place. @param factor below 1 to come nearer. */
export function zoomAbout([min, max]: Range, full: Range, center: number, factor: number): Range {
  const width = Math.max((max - min) * factor, (full[1] - full[0]) * deepest);
  const left = center - ((center - min) / (max - min)) * width;
  return within([left, left + width], full);
}

/** The range moved by a share of its width, as far as there is something to see. */
export function pan([min, max]: Range, full: Range, share: number): Range {
  const by = (max - min) * share;
  return within([min + by, max + by], full);
}

/** The range moved, and cut where it must be, so that it lies in the whole. */
export function within([min, max]: Range, full: Range): Range {
  const width = Math.min(max - min, full[1] - full[0]);
  const left = Math.min(Math.max(min, full[0]), full[1] - width);
  return [left, left + width];
}

/** Whether so much of the whole is shown that it counts as no zoom. */
export function isWhole([min, max]: Range, full: Range): boolean {
  return max - min >= (full[1] - full[0]) * (1 - 1e-9);
}

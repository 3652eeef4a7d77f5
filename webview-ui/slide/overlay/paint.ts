import type { Placement } from '../../shared/viewer/slide-viewer.js';

/** Squares on level 0. */
export interface Squares {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size: Float64Array;
}

/**
 * Fills the pixels each square covers, in the given order, in one pass over typed arrays; squares out of sight
 * cost a few comparisons. An edge falls on the pixel boundary nearest to it, so no square is off by more than half
 * a pixel and neighbours neither gap nor overlap.
 *
 * @param target width × height pixels, cleared. @param place in the target's pixels.
 */
export function paintSquares(target: Uint32Array, width: number, height: number, { x, y, size }: Squares, order: Uint32Array, colors: Uint32Array, { left, top, scale }: Placement): void {
  for (let k = 0; k < order.length; k++) {
    const i = order[k];
    const x0 = Math.round(left + x[i] * scale);
    const y0 = Math.round(top + y[i] * scale);
    if (x0 >= width || y0 >= height) continue;
    // Far out a square is less than a pixel; it still shows.
    const x1 = Math.max(x0 + 1, Math.round(left + (x[i] + size[i]) * scale));
    const y1 = Math.max(y0 + 1, Math.round(top + (y[i] + size[i]) * scale));
    if (x1 <= 0 || y1 <= 0) continue;
    const from = Math.max(0, x0);
    const to = Math.min(width, x1);
    const color = colors[i];
    for (let row = Math.max(0, y0), end = Math.min(height, y1); row < end; row++) target.fill(color, row * width + from, row * width + to);
  }
}

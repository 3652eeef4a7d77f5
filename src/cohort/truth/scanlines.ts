import { spansOnLine, type Polygon } from '../../slides/polygons.js';

/** Lines a patch is measured on. The share is exact along x; along y it is off by at most half a line, 1.6 % of the patch. */
const lines = 32;

/**
 * Share of each square patch that lies within the union of `polygons` (even-odd rule within a polygon, so
 * holes do not count). Patches of a row share their lines, so the cost hardly depends on their number.
 */
export function coveredShares(polygons: readonly Polygon[], patches: { readonly x: Float64Array; readonly y: Float64Array; readonly size0: number }): Float32Array {
  const { x, y, size0 } = patches;
  const shares = new Float32Array(x.length);
  let top = NaN;
  let row: number[][] = [];
  for (let i = 0; i < x.length; i++) {
    if (y[i] !== top) {
      top = y[i];
      row = Array.from({ length: lines }, (_, k) => spansOnLine(polygons, top + ((k + 0.5) * size0) / lines));
    }
    let covered = 0;
    for (const spans of row) for (let s = 0; s < spans.length; s += 2) covered += Math.max(0, Math.min(spans[s + 1], x[i] + size0) - Math.max(spans[s], x[i]));
    shares[i] = covered / (size0 * lines);
  }
  return shares;
}

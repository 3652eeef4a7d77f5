/** Rings of one polygon: the outline, then its holes; x, y in level-0 pixels. */
export type Polygon = readonly (readonly (readonly [number, number])[])[];

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
      row = Array.from({ length: lines }, (_, k) => unionOnLine(polygons, top + ((k + 0.5) * size0) / lines));
    }
    let covered = 0;
    for (const spans of row) for (let s = 0; s < spans.length; s += 2) covered += Math.max(0, Math.min(spans[s + 1], x[i] + size0) - Math.max(spans[s], x[i]));
    shares[i] = covered / (size0 * lines);
  }
  return shares;
}

/** Where the horizontal line at `y` is inside any polygon: from, to, from, to …, ascending and apart. */
function unionOnLine(polygons: readonly Polygon[], y: number): number[] {
  const spans: [number, number][] = [];
  for (const polygon of polygons) {
    const crossings = polygon.flatMap((ring) => ringCrossings(ring, y)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) spans.push([crossings[i], crossings[i + 1]]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  const union: number[] = [];
  for (const [from, to] of spans) {
    const last = union.length - 1;
    if (last > 0 && from <= union[last]) union[last] = Math.max(union[last], to);
    else union.push(from, to);
  }
  return union;
}

function ringCrossings(ring: Polygon[number], y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x0, y0] = ring[j];
    const [x1, y1] = ring[i];
    // Half-open, so that a vertex on the line counts once.
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
  return crossings;
}

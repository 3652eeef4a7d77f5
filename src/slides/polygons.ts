/** Rings of one polygon: the outline, then its holes; x, y in level-0 pixels. */
export type Polygon = readonly (readonly (readonly [number, number])[])[];

/** Where the horizontal line at `y` is inside any polygon (even-odd within one, so holes do not count): from, to, from, to …, ascending and apart. */
export function spansOnLine(polygons: readonly Polygon[], y: number): number[] {
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

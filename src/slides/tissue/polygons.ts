import type { Polygon } from '../polygons.js';
import { outlineMask } from './outline.js';
import type { Raster } from './raster.js';

type Ring = Polygon[number];

/** The areas of a mask as polygons with holes, along the sides of its pixels; rings are closed, level-0 pixels. */
export function polygonsOf(mask: Raster): Polygon[] {
  const { points, starts } = outlineMask(mask);
  const rings = Array.from({ length: starts.length - 1 }, (_, ring): Ring => {
    const corners = Array.from({ length: starts[ring + 1] - starts[ring] }, (_, i): readonly [number, number] => [points[2 * (starts[ring] + i)], points[2 * (starts[ring] + i) + 1]]);
    return [...corners, corners[0]];
  });
  // Outer edges run one way, holes the other.
  const outer = rings.filter((ring) => area(ring) > 0).map((ring) => ({ ring, box: boxOf(ring), size: area(ring), holes: [] as Ring[] }));
  for (const hole of rings.filter((ring) => area(ring) < 0)) {
    const [x, y] = justBesideACorner(hole, Math.min(mask.scaleX, mask.scaleY));
    const around = outer.filter(({ ring, box }) => x > box.left && x < box.right && y > box.top && y < box.bottom && holds(ring, x, y));
    // Of nested ones the innermost.
    around.reduce((a, b) => (a.size < b.size ? a : b)).holes.push(hole);
  }
  return outer.map(({ ring, holes }) => [ring, ...holes]);
}

/** Area within a closed ring, level-0 pixels; positive where it runs clockwise on the screen. */
function area(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return sum / 2;
}

function boxOf(ring: Ring): { left: number; right: number; top: number; bottom: number } {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const [x, y] of ring) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** A point of the ring's first side that no other ring touches: within a pixel of its corner, not on one. */
function justBesideACorner([[x0, y0], [x1, y1]]: Ring, pixel: number): [number, number] {
  const step = pixel / 2 / Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
  return [x0 + step * (x1 - x0), y0 + step * (y1 - y0)];
}

function holds(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
    if (ay <= y !== by <= y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

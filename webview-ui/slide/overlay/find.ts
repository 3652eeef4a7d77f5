import type { Squares } from './paint.js';

/** The patch that holds a point of level 0, the highest of them where patches overlap; -1 where there is none. */
export function patchAt({ x, y, size }: Squares, px: number, py: number, rank: Int32Array): number {
  let found = -1;
  for (let i = 0; i < x.length; i++) {
    if (px < x[i] || py < y[i] || px >= x[i] + size[i] || py >= y[i] + size[i]) continue;
    if (found < 0 || rank[i] < rank[found]) found = i;
  }
  return found;
}

/** The nearest patch in a direction (a unit step along one axis), those straight ahead first; `from` itself where there is none. */
export function neighbour({ x, y }: Squares, from: number, columns: number, rows: number): number {
  let best = from;
  let least = Infinity;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - x[from];
    const dy = y[i] - y[from];
    const ahead = dx * columns + dy * rows;
    if (ahead <= 0) continue;
    const aside = Math.abs(columns === 0 ? dx : dy);
    if (aside > ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [least, best] = [cost, i];
  }
  return best;
}

/** The patch of a rank; -1 where there is none. */
export function patchOfRank(rank: Int32Array, wanted: number): number {
  return rank.indexOf(wanted);
}

/** The patch at a place, to half a pixel; -1 where there is none. */
export function patchFrom({ x, y }: Squares, place: { readonly x: number; readonly y: number }): number {
  for (let i = 0; i < x.length; i++) if (Math.abs(x[i] - place.x) < 0.5 && Math.abs(y[i] - place.y) < 0.5) return i;
  return -1;
}

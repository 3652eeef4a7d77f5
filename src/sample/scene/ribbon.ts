import type { StainMap } from '../raster/stain-map.js';

/** A band along a curved line: points of the line with the half width there, level-0 pixels. */
export class Ribbon {
  constructor(private readonly spine: readonly { readonly x: number; readonly y: number; readonly half: number }[]) {}

  /** Calls `paint` once for each pixel of the band; `across` runs from 0 on the line to 1 at the edge. */
  forEachPixel(map: StainMap, paint: (index: number, across: number, x: number, y: number) => void): void {
    const nearest = new Map<number, number>();
    for (let i = 0; i + 1 < this.spine.length; i++) {
      const [a, b] = [this.spine[i], this.spine[i + 1]];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const length = dx * dx + dy * dy;
      map.around((a.x + b.x) / 2, (a.y + b.y) / 2, Math.sqrt(length) / 2 + Math.max(a.half, b.half), (index, u, v) => {
        const along = Math.min(1, Math.max(0, 0.5 + (u * dx + v * dy) / length));
        const away = Math.hypot(u - (along - 0.5) * dx, v - (along - 0.5) * dy) / (a.half + along * (b.half - a.half));
        if (away < (nearest.get(index) ?? 1)) nearest.set(index, away);
      });
    }
    for (const [index, across] of nearest) paint(index, across, index % map.size, Math.floor(index / map.size));
  }

  /** The closed outline: down one side and up the other. */
  outline(): [number, number][] {
    const side = (sign: 1 | -1): [number, number][] =>
      this.spine.map(({ x, y, half }, i): [number, number] => {
        const before = this.spine[Math.max(0, i - 1)];
        const after = this.spine[Math.min(this.spine.length - 1, i + 1)];
        const length = Math.hypot(after.x - before.x, after.y - before.y);
        return [x - (sign * half * (after.y - before.y)) / length, y + (sign * half * (after.x - before.x)) / length];
      });
    const ring = [...side(1), ...side(-1).reverse()];
    return [...ring, ring[0]];
  }
}

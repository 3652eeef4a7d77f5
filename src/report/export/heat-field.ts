import type { SlidePatches } from '../../shared/rpc/slides.js';

/** An image that lies over a slide: its size in pixels, and the level-0 pixels that one of its pixels spans. */
export interface HeatFrame {
  readonly width: number;
  readonly height: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Part of such an image, in its pixels. */
export interface HeatWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A value a patch, as a field over the slide: where patches overlap their mean, where there is none NaN. A pixel belongs to a
 * patch when its centre does, so that neighbours meet without gap or overlap at any scale.
 */
export class HeatField {
  private readonly cells = new Map<string, number[]>();
  private readonly cell: number;

  /** @param values one a patch. */
  constructor(
    private readonly patches: Pick<SlidePatches, 'x' | 'y' | 'size'>,
    private readonly values: Float32Array,
  ) {
    const { x, y, size } = patches;
    this.cell = Math.max(1, size.reduce((a, b) => Math.max(a, b), 0));
    for (let i = 0; i < x.length; i++) {
      for (let row = Math.floor(y[i]! / this.cell); row * this.cell < y[i]! + size[i]!; row++) {
        for (let column = Math.floor(x[i]! / this.cell); column * this.cell < x[i]! + size[i]!; column++) {
          const key = `${column} ${row}`;
          const known = this.cells.get(key);
          if (known) known.push(i);
          else this.cells.set(key, [i]);
        }
      }
    }
  }

  /** The values of a window, row-major; undefined where no patch covers any of it. */
  render({ scaleX, scaleY }: HeatFrame, { left, top, width, height }: HeatWindow): Float32Array | undefined {
    const { x, y, size } = this.patches;
    const found = this.within(left * scaleX, top * scaleY, (left + width) * scaleX, (top + height) * scaleY);
    if (found.length === 0) return undefined;
    const sums = new Float32Array(width * height);
    const counts = new Uint16Array(width * height);
    for (const i of found) {
      const [fromX, toX] = centresWithin(x[i]!, size[i]!, scaleX, left, width);
      const [fromY, toY] = centresWithin(y[i]!, size[i]!, scaleY, top, height);
      for (let row = fromY; row < toY; row++) {
        for (let at = row * width + fromX; at < row * width + toX; at++) {
          sums[at]! += this.values[i]!;
          counts[at]!++;
        }
      }
    }
    // A loop: `map` takes several times as long, and a large heatmap has a hundred thousand windows.
    for (let at = 0; at < sums.length; at++) sums[at] = counts[at] === 0 ? NaN : sums[at]! / counts[at]!;
    return sums;
  }

  /** Patches that may reach into a rectangle, level-0 pixels; in their order, so that sums do not depend on the window. */
  private within(left: number, top: number, right: number, bottom: number): number[] {
    const found = new Set<number>();
    for (let row = Math.floor(top / this.cell); row * this.cell < bottom; row++) {
      for (let column = Math.floor(left / this.cell); column * this.cell < right; column++) for (const i of this.cells.get(`${column} ${row}`) ?? []) found.add(i);
    }
    return [...found].sort((a, b) => a - b);
  }
}

/** Pixels [from, to) of a window of `length` pixels from `first` on whose centres lie in [start, start + extent). */
function centresWithin(start: number, extent: number, scale: number, first: number, length: number): [number, number] {
  // A hair of tolerance, so that an edge computed at a centre falls to the same side for both neighbours.
  const at = (edge: number): number => Math.min(length, Math.max(0, Math.ceil(edge / scale - 0.5 - 1e-9) - first));
  return [at(start), at(start + extent)];
}

/**
 * One axis of a sampling grid: output position i blends the source offsets low[i] and high[i],
 * high by `weight[i]`. Offsets count elements of the interleaved RGB image and carry the
 * stride of their axis, so rows and columns are treated alike.
 */
export interface Axis {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float32Array;
}

/** Where each output pixel is read: crop fills it, flips reverse an axis, rotations swap the two. */
export interface SamplingGrid {
  /** Walked by the rows of the output. */
  rows: Axis;
  /** Walked by the columns of the output. */
  columns: Axis;
}

const axis = (size: number): Axis => ({ low: new Int32Array(size), high: new Int32Array(size), weight: new Float32Array(size) });

/** An empty grid for size × size images. */
export function createGrid(size: number): SamplingGrid {
  return { rows: axis(size), columns: axis(size) };
}

/** Fills an axis with `size` positions spread evenly over [start, start + length), pixel centres at halves. */
export function spread({ low, high, weight }: Axis, start: number, length: number, stride: number): void {
  const size = low.length;
  const step = length / size;
  for (let i = 0; i < size; i++) {
    const position = Math.min(size - 1, Math.max(0, start + (i + 0.5) * step - 0.5));
    const floor = Math.floor(position);
    low[i] = floor * stride;
    high[i] = Math.min(size - 1, floor + 1) * stride;
    weight[i] = position - floor;
  }
}

/** Mirrors the output along an axis. */
export function reverse({ low, high, weight }: Axis): void {
  low.reverse();
  high.reverse();
  weight.reverse();
}

/** Reads an RGB image (size² × 3, from `offset`) through the grid into `target`, bilinearly; values stay 0–255. */
export function sample(pixels: Uint8Array, offset: number, { rows, columns }: SamplingGrid, target: Float32Array): void {
  const size = rows.low.length;
  const { low: left, high: right, weight: across } = columns;
  let at = 0;
  for (let row = 0; row < size; row++) {
    const top = offset + rows.low[row];
    const bottom = offset + rows.high[row];
    const down = rows.weight[row];
    for (let column = 0; column < size; column++) {
      const x0 = left[column];
      const x1 = right[column];
      const w = across[column];
      for (let channel = 0; channel < 3; channel++) {
        const a = pixels[top + x0 + channel];
        const c = pixels[bottom + x0 + channel];
        const upper = a + (pixels[top + x1 + channel] - a) * w;
        const lower = c + (pixels[bottom + x1 + channel] - c) * w;
        target[at++] = upper + (lower - upper) * down;
      }
    }
  }
}

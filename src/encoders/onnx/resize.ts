/** For each output position: where its taps begin, and their weights (sum 1), `taps` a position. */
interface Filter {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Resizes square RGB images with a triangle filter: bilinear where it enlarges, with the
 * support widened where it shrinks, so that nothing aliases. Its buffer is its own.
 */
export class Resizer {
  private readonly filter: Filter;
  private readonly across: Float32Array;

  constructor(
    readonly from: number,
    readonly to: number,
  ) {
    this.filter = triangle(from, to);
    this.across = new Float32Array(3 * from * to);
  }

  /** Reads from² × 3 values at `offset` of `pixels`; writes to² × 3 values 0–255 into `target`. */
  resize(pixels: Uint8Array, offset: number, target: Float32Array): void {
    const { from, to, across, filter } = this;
    for (let row = 0; row < from; row++) stretchRow(pixels, offset + 3 * row * from, across, 3 * row * to, filter);
    for (let row = 0; row < to; row++) blendRows(across, target, row, 3 * to, filter);
  }
}

/** One row of interleaved pixels from `start`, written from `to`. */
function stretchRow(source: Uint8Array, start: number, target: Float32Array, to: number, { taps, first, weights }: Filter): void {
  for (let i = 0; i < first.length; i++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[i * taps + tap];
      const at = start + 3 * (first[i] + tap);
      red += weight * source[at];
      green += weight * source[at + 1];
      blue += weight * source[at + 2];
    }
    target[to + 3 * i] = red;
    target[to + 3 * i + 1] = green;
    target[to + 3 * i + 2] = blue;
  }
}

/** Output row `row` as a weighted sum of whole rows of `length` values. */
function blendRows(source: Float32Array, target: Float32Array, row: number, length: number, { taps, first, weights }: Filter): void {
  const to = row * length;
  target.fill(0, to, to + length);
  for (let tap = 0; tap < taps; tap++) {
    const weight = weights[row * taps + tap];
    if (weight === 0) continue;
    const from = (first[row] + tap) * length;
    for (let i = 0; i < length; i++) target[to + i] += weight * source[from + i];
  }
}

function triangle(from: number, to: number): Filter {
  const scale = from / to;
  const support = Math.max(1, scale);
  const taps = Math.min(from, Math.ceil(2 * support) + 1);
  const first = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    first[i] = Math.min(from - taps, Math.max(0, Math.ceil(centre - support)));
    const row = weights.subarray(i * taps, (i + 1) * taps);
    row.forEach((_, tap) => (row[tap] = Math.max(0, 1 - Math.abs(first[i] + tap - centre) / support)));
    const total = row.reduce((sum, weight) => sum + weight, 0);
    row.forEach((weight, tap) => (row[tap] = weight / total));
  }
  return { taps, first, weights };
}

/** Rows of numbers, row after row. */
export interface Matrix {
  readonly shape: readonly [number, number];
  readonly data: Float32Array;
}

/** Along one axis: y = toOutputᵀ · (fromFilter·w ⊙ fromInput·x), with one row for each product of each tile. */
export interface MinimalAxis {
  /** Products a tile. */
  readonly products: number;
  readonly tiles: number;
  /** (products × tiles, pixels of the image); zero where a tile reaches over its edge. */
  readonly fromInput: Matrix;
  /** (products × tiles, pixels of the output) */
  readonly toOutput: Matrix;
  /** (products, taps of the filter) */
  readonly fromFilter: Matrix;
}

/** Pixels of the output a tile. */
const TILE = 2;

interface Algorithm {
  readonly fromInput: readonly (readonly number[])[];
  readonly fromFilter: readonly (readonly number[])[];
  readonly toOutput: readonly (readonly number[])[];
}

/** Two outputs of a filter with three taps in four products instead of six: F(2, 3) of Winograd (1980), as Lavin and Gray (2016) write it. */
const everyPixel: Algorithm = {
  fromInput: [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]],
  fromFilter: [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]],
  toOutput: [[1, 0], [1, 1], [1, -1], [0, -1]],
};

/** Likewise with stride 2 in five: F(2, 2) for the outer taps, which meet even pixels, and the middle tap by itself. */
const everySecondPixel: Algorithm = {
  fromInput: [[1, 0, -1, 0, 0], [0, 0, 1, 0, 0], [0, 0, 1, 0, -1], [0, 1, 0, 0, 0], [0, 0, 0, 1, 0]],
  fromFilter: [[1, 0, 0], [1, 0, 1], [0, 0, 1], [0, 1, 0], [0, 1, 0]],
  toOutput: [[1, 0], [1, 1], [0, -1], [1, 0], [0, 1]],
};

export interface AxisShape {
  readonly taps: number;
  readonly stride: number;
  /** Pixels of the image, and of the output. */
  readonly input: number;
  readonly output: number;
  /** Zeros before the image. */
  readonly before: number;
}

/** The matrices of an axis; nothing for other filters than those of three taps with stride 1 or 2. */
export function minimalAxis({ taps, stride, input, output, before }: AxisShape): MinimalAxis | undefined {
  const algorithm = taps === 3 ? [everyPixel, everySecondPixel][stride - 1] : undefined;
  if (!algorithm) return undefined;
  const tiles = Math.ceil(output / TILE);
  return {
    products: algorithm.fromFilter.length,
    tiles,
    fromInput: tiled(algorithm.fromInput, tiles, input, TILE * stride, before),
    toOutput: tiled(algorithm.toOutput, tiles, output, TILE, 0),
    fromFilter: { shape: [algorithm.fromFilter.length, taps], data: Float32Array.from(algorithm.fromFilter.flat()) },
  };
}

/** The rows of a tile for every tile, `hop` pixels apart, the first from `before` pixels ahead of the axis. */
function tiled(rows: readonly (readonly number[])[], tiles: number, size: number, hop: number, before: number): Matrix {
  const data = new Float32Array(rows.length * tiles * size);
  rows.forEach((row, product) => {
    for (let tile = 0; tile < tiles; tile++) {
      row.forEach((factor, i) => {
        const pixel = tile * hop - before + i;
        if (pixel >= 0 && pixel < size) data[(product * tiles + tile) * size + pixel] = factor;
      });
    }
  });
  return { shape: [rows.length * tiles, size], data };
}

/** Rows: those of `width`, for each those of `height`. Columns: the taps of a filter as they lie, (height, width). */
export function outerProduct(width: Matrix, height: Matrix): Matrix {
  const numbers: number[] = [];
  for (const across of rowsOf(width)) {
    for (const down of rowsOf(height)) numbers.push(...down.flatMap((a) => across.map((b) => a * b)));
  }
  return { shape: [width.shape[0] * height.shape[0], width.shape[1] * height.shape[1]], data: Float32Array.from(numbers) };
}

function rowsOf({ shape: [rows, columns], data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * columns, (row + 1) * columns)));
}

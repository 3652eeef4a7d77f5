import type { Dataset } from 'h5wasm/node';

/** Numbers as HDF5 stores them, before they become floats. */
type Stored = Float32Array | Float64Array | Uint16Array | Int16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

/** Bytes read from a file at a time. */
const pieceBytes = 4 * 2 ** 20;

/** A two-dimensional dataset of numbers, read a few rows at a time. */
export class NumberRows {
  readonly count: number;
  readonly width: number;
  private readonly half: boolean;
  private readonly leading: [number, number][];
  private readonly rowsAtOnce: number;

  /** @throws RangeError in words for people when the dataset is no table of numbers. */
  constructor(private readonly dataset: Dataset) {
    const { type, size, littleEndian } = dataset.metadata;
    const shape = dataset.shape ?? [];
    // Some writers keep a batch axis of one; nothing at all is stored as one empty axis.
    const table = shape.length === 3 && shape[0] === 1 ? shape.slice(1) : shape.length === 1 && shape[0] === 0 ? [0, 0] : shape;
    if (table.length !== 2) throw new RangeError(`has the shape (${shape.join(', ')}) instead of rows and columns`);
    if (type > 1 || !littleEndian) throw new RangeError('holds no little-endian numbers');
    [this.count, this.width] = table;
    this.leading = shape.length === 3 ? [[0, 1]] : [];
    this.half = type === 1 && size === 2;
    // The library knows no half floats: they are taken as the integers they share their bits with.
    if (this.half) Object.defineProperty(dataset, 'metadata', { value: { ...dataset.metadata, type: 0, signed: false } });
    this.rowsAtOnce = Math.max(1, Math.floor(pieceBytes / Math.max(1, this.width * size)));
  }

  /** Rows [start, end) into `target`, row-major, from its beginning. */
  readInto(target: Float32Array | Float64Array, start: number, end: number): void {
    for (let row = start; row < end; row += this.rowsAtOnce) {
      const stop = Math.min(end, row + this.rowsAtOnce);
      const values = this.dataset.slice([...this.leading, [row, stop], [0, this.width]]) as Stored;
      const offset = (row - start) * this.width;
      if (this.half) for (let i = 0; i < values.length; i++) target[offset + i] = halfToNumber(Number(values[i]));
      else if (values instanceof BigInt64Array || values instanceof BigUint64Array) for (let i = 0; i < values.length; i++) target[offset + i] = Number(values[i]);
      else target.set(values, offset);
    }
  }
}

/** IEEE 754 binary16, given by its bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

import type { Dataset } from 'h5wasm/node';
import { halfFloats } from '../floats.js';
import { featuresInvalid } from '../invalid.js';

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
    const halves = halfFloats();
    for (let row = start; row < end; row += this.rowsAtOnce) {
      const stop = Math.min(end, row + this.rowsAtOnce);
      const values = this.dataset.slice([...this.leading, [row, stop], [0, this.width]]) as Stored;
      const offset = (row - start) * this.width;
      if (this.half) for (let i = 0; i < values.length; i++) target[offset + i] = halves[Number(values[i])];
      else if (values instanceof BigInt64Array || values instanceof BigUint64Array) for (let i = 0; i < values.length; i++) target[offset + i] = Number(values[i]);
      else target.set(values, offset);
    }
  }
}

/** The rows of the dataset `name`. @throws HardmineError `features-invalid` when it is no table of numbers. */
export function rowsOf(dataset: Dataset, name: string, path: string): NumberRows {
  try {
    return new NumberRows(dataset);
  } catch (error) {
    if (error instanceof RangeError) throw featuresInvalid(path, `The dataset \`${name}\` ${error.message}.`);
    throw error;
  }
}

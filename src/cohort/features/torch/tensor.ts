import { closeSync } from 'node:fs';
import { bfloatToNumber, halfFloats } from '../floats.js';
import { openArchive } from './archive.js';
import { openDescriptor, readBytes, type StoredBytes } from './bytes.js';
import { Callable, readPickle, type Callables } from './pickle.js';

/** The number types of features, by PyTorch's name of their storage: bytes a number, and how to see bytes as numbers. */
const storageTypes: Readonly<Record<string, { readonly size: number; read(bytes: Uint8Array): ArrayLike<number> }>> = {
  'torch.FloatStorage': { size: 4, read: ({ buffer }) => new Float32Array(buffer) },
  'torch.DoubleStorage': { size: 8, read: ({ buffer }) => new Float64Array(buffer) },
  'torch.HalfStorage': { size: 2, read: ({ buffer }) => lookedUp(new Uint16Array(buffer), halfFloats()) },
  'torch.BFloat16Storage': { size: 2, read: ({ buffer }) => Float32Array.from(new Uint16Array(buffer), bfloatToNumber) },
};

/** Numbers kept outside the pickle. */
class Storage {
  constructor(
    readonly type: string,
    readonly key: string,
    readonly length: number,
  ) {}
}

/** A view of a storage; offset and strides count numbers. */
class Tensor {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly size: readonly number[],
    readonly stride: readonly number[],
  ) {}
}

const callables: Callables = {
  'torch._utils._rebuild_tensor_v2': (storage, offset, size, stride) => tensorOf(storage, offset, size, stride),
  'torch._utils._rebuild_parameter': (tensor) => tensor,
  'collections.OrderedDict': () => new Map(),
  ...Object.fromEntries(Object.keys(storageTypes).map((name) => [name, damaged])),
};

/** Bytes read from a file at a time. */
const pieceBytes = 4 * 2 ** 20;

/** The rows of a table that PyTorch saved as one bare tensor, as CLAM's `pt_files` are; read a few at a time, nothing in the file is executed. */
export class TensorRows {
  readonly count: number;
  readonly width: number;

  private constructor(
    private readonly descriptor: number,
    private readonly tensor: Tensor,
    private readonly bytes: StoredBytes,
  ) {
    [this.count, this.width] = tensor.size;
  }

  /** @throws RangeError in words for people when the file holds something else; HardmineError `file-missing`, `file-denied`. */
  static open(path: string): TensorRows {
    const descriptor = openDescriptor(path);
    try {
      const archive = openArchive(descriptor);
      const { value, end } = readPickle(archive.pickle, archive.start, callables, storageOf);
      if (!(value instanceof Tensor)) throw new RangeError(`holds ${value instanceof Map ? 'a dictionary' : value instanceof Set ? 'a list' : 'something'} instead of one bare tensor`);
      const tensor = tableOf(value);
      return new TensorRows(descriptor, tensor, within(tensor, archive.storage(tensor.storage.key, end)));
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /** Rows [start, end) into `target`, row-major, from its beginning. */
  readInto(target: Float32Array | Float64Array, start: number, end: number): void {
    const { stride, storage } = this.tensor;
    const { size } = storageTypes[storage.type];
    // One row of a transposed table spans nearly all of it: then all rows are read at once.
    const rowBytes = ((this.width - 1) * stride[1] + 1) * size;
    const rowsAtOnce = Math.max(1, Math.floor((Math.max(pieceBytes, 2 * rowBytes) - rowBytes) / Math.max(size, stride[0] * size)));
    for (let row = start; row < end; row += rowsAtOnce) this.readPiece(target.subarray((row - start) * this.width), row, Math.min(end, row + rowsAtOnce));
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private readPiece(target: Float32Array | Float64Array, start: number, end: number): void {
    const { offset, stride, storage } = this.tensor;
    const [down, across] = stride;
    const { size, read } = storageTypes[storage.type];
    const first = offset + start * down;
    const length = ((end - start - 1) * down + (this.width - 1) * across + 1) * size;
    const bytes = readBytes(this.descriptor, this.bytes.position + first * size, this.width > 0 ? length : 0);
    if (this.width > 0 && bytes.length < length) throw new RangeError('the file ends too early');
    const numbers = read(bytes);
    if (across === 1 && down === this.width) return target.set(numbers);
    for (let row = 0; row < end - start; row++) for (let column = 0; column < this.width; column++) target[row * this.width + column] = numbers[row * down + column * across];
  }
}

function damaged(): never {
  throw new RangeError('holds a damaged pickle');
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function tensorOf(storage: unknown, offset: unknown, size: unknown, stride: unknown): Tensor {
  if (!(storage instanceof Storage) || !isCount(offset) || !Array.isArray(size) || !Array.isArray(stride) || size.length !== stride.length || ![...(size as unknown[]), ...(stride as unknown[])].every(isCount)) damaged();
  return new Tensor(storage, offset, size as number[], stride as number[]);
}

/** Of `("storage", type, key, device, length)`; the device the numbers once lay on does not matter. */
function storageOf(id: unknown): Storage {
  const [kind, type, key, , length] = Array.isArray(id) ? (id as unknown[]) : [];
  if (kind !== 'storage' || !(type instanceof Callable) || !(type.name in storageTypes) || typeof key !== 'string' || !isCount(length)) damaged();
  return new Storage(type.name, key, length);
}

/** Two axes; some writers keep a batch axis of one, and nothing at all is one empty axis. */
function tableOf({ storage, offset, size, stride }: Tensor): Tensor {
  if (size.length === 1 && size[0] === 0) return new Tensor(storage, offset, [0, 0], [0, 0]);
  if (size.length === 3 && size[0] === 1) return new Tensor(storage, offset, size.slice(1), stride.slice(1));
  if (size.length === 2) return new Tensor(storage, offset, size, stride);
  throw new RangeError(`has the shape (${size.join(', ')}) instead of rows and columns`);
}

/** @throws RangeError where the tensor reaches beyond the numbers there are. */
function within({ storage, offset, size, stride }: Tensor, bytes: StoredBytes): StoredBytes {
  const [rows, columns] = size;
  const last = rows > 0 && columns > 0 ? offset + (rows - 1) * stride[0] + (columns - 1) * stride[1] + 1 : 0;
  if (last > storage.length || storage.length * storageTypes[storage.type].size > bytes.length) throw new RangeError('is cut short: it holds fewer numbers than it says');
  return bytes;
}

function lookedUp(bits: Uint16Array, table: Float32Array): Float32Array {
  const numbers = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) numbers[i] = table[bits[i]];
  return numbers;
}

import { closeSync, ftruncateSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Dataset, File } from 'h5wasm/node';
import { messageOf } from '../../shared/errors.js';
import { fileError, replaceFile } from '../../shared/files.js';
import { hdf5 } from './hdf5/library.js';
import { featuresInvalid } from './invalid.js';
import { setAttributes, type Attributes } from './hdf5/attributes.js';

/** What a store says of itself beside its numbers, on the datasets `features` and `coords`. */
export interface StoreAttributes {
  readonly features?: Attributes;
  readonly coords?: Attributes;
}

/** Places of appended patches, level-0 pixels. */
export interface AppendedCoords {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size0: number;
}

/** Writes the features of one slide, slice by slice; the file appears when closed, whole or not at all. */
export interface FeatureWriter {
  /**
   * `features` is row-major rows × featureSize; the coords of its rows are rounded to whole pixels, as CLAM keeps them. Of a
   * slide without patches, append none: then the store says so, with coords of none.
   * @throws HardmineError `disk-full`; abandon the writer then.
   */
  append(features: Float32Array, coords?: AppendedCoords): void;
  /** @throws HardmineError `disk-full`, `file-denied`. */
  close(): void;
  /** Leaves nothing behind. */
  abandon(): void;
}

/** Rows a chunk, as CLAM writes them. */
const chunkRows = 32;

/**
 * Begins a feature store in CLAM's layout: `features` float32 (N, D), `coords` int32 (N, 2), and the
 * attribute `patch_size_level0` on `coords`, as TRIDENT has it, beside the given ones.
 * @throws HardmineError `file-missing` (no such folder), `file-denied`, `disk-full`.
 */
export async function createFeatureWriter(path: string, featureSize: number, attributes: StoreAttributes = {}): Promise<FeatureWriter> {
  const library = await hdf5();
  const partial = `${path}.${process.pid}.partial`;
  try {
    closeSync(openSync(partial, 'w'));
  } catch (error) {
    throw fileError(error, path);
  }
  const file = new library.File(partial, 'w');
  if (file.file_id < 0n) throw featuresInvalid(path, 'This feature store is being written already.', 'Abandon or close the first writer before the next.');
  return new Hdf5FeatureWriter(path, partial, file, featureSize, attributes);
}

/**
 * Writes the coords of a slide alone, as CLAM and TRIDENT keep them for those who extract features: `coords` int32 (N, 2).
 * @throws HardmineError `file-missing` (no such folder), `file-denied`, `disk-full`.
 */
export async function writeCoords(path: string, coords: AppendedCoords, attributes: Attributes): Promise<void> {
  const library = await hdf5();
  const partial = `${path}.${process.pid}.partial`;
  try {
    closeSync(openSync(partial, 'w'));
    const file = new library.File(partial, 'w');
    const data = wholePixels(coords);
    const dataset = file.create_dataset({ name: 'coords', data, shape: [coords.x.length, 2], dtype: '<i4', maxshape: [null, 2], chunks: [chunkRows, 2] });
    setAttributes(dataset, { ...attributes, patch_size_level0: coords.size0 });
    file.close();
    replaceFile(path, (temporary) => renameSync(partial, temporary));
  } catch (error) {
    rmSync(partial, { force: true });
    throw fileError(error, path);
  }
}

class Hdf5FeatureWriter implements FeatureWriter {
  private readonly features: Dataset;
  private readonly room: Room;
  private coords: Dataset | undefined;
  private rows = 0;
  private open = true;

  constructor(
    private readonly path: string,
    private readonly partial: string,
    private readonly file: File,
    private readonly featureSize: number,
    private readonly attributes: StoreAttributes,
  ) {
    this.room = new Room(partial);
    this.features = file.create_dataset({ name: 'features', data: new Float32Array(0), shape: [0, featureSize], dtype: '<f4', maxshape: [null, featureSize], chunks: [chunkRows, featureSize] });
    setAttributes(this.features, attributes.features ?? {});
  }

  append(features: Float32Array, coords?: AppendedCoords): void {
    const end = this.rows + features.length / this.featureSize;
    try {
      this.room.reserve(Math.ceil(end / chunkRows), chunkRows * (this.featureSize + 2) * 4);
    } catch (error) {
      throw fileError(error, this.path);
    }
    try {
      this.extend(this.features, end, this.featureSize, features);
      if (coords) this.extend((this.coords ??= this.createCoords(coords.size0)), end, 2, wholePixels(coords));
    } catch (cause) {
      throw featuresInvalid(this.path, `Features cannot be written (${messageOf(cause)}).`, 'Check the disk.');
    }
    this.rows = end;
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.file.close();
    this.room.giveBack();
    this.room.close();
    replaceFile(this.path, (temporary) => renameSync(this.partial, temporary));
  }

  abandon(): void {
    if (!this.open) return;
    this.open = false;
    this.room.close();
    this.file.close();
    rmSync(this.partial, { force: true });
  }

  private extend(dataset: Dataset, end: number, width: number, values: Float32Array | Int32Array): void {
    if (values.length === 0) return;
    dataset.resize([end, width]);
    dataset.write_slice([[this.rows, end], [0, width]], values);
  }

  private createCoords(size0: number): Dataset {
    const coords = this.file.create_dataset({ name: 'coords', data: new Int32Array(0), shape: [0, 2], dtype: '<i4', maxshape: [null, 2], chunks: [chunkRows, 2] });
    setAttributes(coords, { ...this.attributes.coords, patch_size_level0: size0 });
    return coords;
  }
}

/** x and y of each patch, as CLAM keeps them. */
function wholePixels({ x, y }: AppendedCoords): Int32Array {
  return Int32Array.from({ length: 2 * x.length }, (_, i) => Math.round((i % 2 === 0 ? x : y)[i >> 1]));
}

/** What HDF5 itself needs of a file, generously, besides an index entry a chunk. */
const overheadBytes = 256 * 1024;
const indexBytes = 256;

/** Where a superblock of version 2 or 3, as the library writes it, keeps the length of the file. */
const lengthPosition = 28;

/**
 * Disk space taken ahead of the library, by writing zeros where it will write. On a full disk the
 * library reports nothing and goes on with holes in the file; Node reports it.
 */
class Room {
  private readonly descriptor: number;
  private reserved = 0;

  constructor(file: string) {
    this.descriptor = openSync(file, 'r+');
  }

  reserve(chunks: number, chunkBytes: number): void {
    const needed = overheadBytes + chunks * (chunkBytes + indexBytes);
    if (needed <= this.reserved) return;
    // The library has written up to here at most: zeros go behind, never over it.
    const zeros = new Uint8Array(needed - this.reserved);
    for (let done = 0; done < zeros.length; ) done += writeSync(this.descriptor, zeros, done, zeros.length - done, this.reserved + done);
    this.reserved = needed;
  }

  /** Cuts off what the library did not use. */
  giveBack(): void {
    const length = Buffer.alloc(8);
    readSync(this.descriptor, length, 0, 8, lengthPosition);
    ftruncateSync(this.descriptor, Number(length.readBigUInt64LE()));
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

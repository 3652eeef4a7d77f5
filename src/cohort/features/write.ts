import { renameSync, rmSync } from 'node:fs';
import type { Dataset, File } from 'h5wasm/node';
import { messageOf } from '../../shared/errors.js';
import { replaceFile } from '../../shared/files.js';
import { featuresInvalid, hdf5 } from './hdf5.js';

/** Places of appended patches, level-0 pixels. */
export interface AppendedCoords {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size0: number;
}

/** Writes the features of one slide, slice by slice; the file appears when closed, whole or not at all. */
export interface FeatureWriter {
  /** `features` is row-major rows × featureSize; the coords of its rows are rounded to whole pixels, as CLAM keeps them. */
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
 * attribute `patch_size_level0` on `coords`, as TRIDENT has it.
 */
export async function createFeatureWriter(path: string, featureSize: number): Promise<FeatureWriter> {
  const library = await hdf5();
  const partial = `${path}.${process.pid}.partial`;
  const file = new library.File(partial, 'w');
  if (file.file_id < 0n) throw featuresInvalid(path, 'This file cannot be created.', 'Check that the folder exists and can be written.');
  return new Hdf5FeatureWriter(path, partial, file, featureSize);
}

class Hdf5FeatureWriter implements FeatureWriter {
  private readonly features: Dataset;
  private coords: Dataset | undefined;
  private rows = 0;
  private open = true;

  constructor(
    private readonly path: string,
    private readonly partial: string,
    private readonly file: File,
    private readonly featureSize: number,
  ) {
    this.features = file.create_dataset({ name: 'features', data: new Float32Array(0), shape: [0, featureSize], dtype: '<f4', maxshape: [null, featureSize], chunks: [chunkRows, featureSize] });
  }

  append(features: Float32Array, coords?: AppendedCoords): void {
    const end = this.rows + features.length / this.featureSize;
    try {
      this.features.resize([end, this.featureSize]);
      this.features.write_slice([[this.rows, end], [0, this.featureSize]], features);
      if (coords) this.appendCoords(coords, end);
    } catch (cause) {
      throw featuresInvalid(this.path, `Features cannot be written (${messageOf(cause)}).`, 'Check that the disk has room.');
    }
    this.rows = end;
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.file.close();
    replaceFile(this.path, (temporary) => renameSync(this.partial, temporary));
  }

  abandon(): void {
    if (!this.open) return;
    this.open = false;
    this.file.close();
    rmSync(this.partial, { force: true });
  }

  private appendCoords({ x, y, size0 }: AppendedCoords, end: number): void {
    if (!this.coords) {
      this.coords = this.file.create_dataset({ name: 'coords', data: new Int32Array(0), shape: [0, 2], dtype: '<i4', maxshape: [null, 2], chunks: [chunkRows, 2] });
      this.coords.create_attribute('patch_size_level0', size0);
    }
    const pairs = new Int32Array(2 * x.length);
    for (let i = 0; i < x.length; i++) {
      pairs[2 * i] = Math.round(x[i]);
      pairs[2 * i + 1] = Math.round(y[i]);
    }
    this.coords.resize([end, 2]);
    this.coords.write_slice([[this.rows, end], [0, 2]], pairs);
  }
}

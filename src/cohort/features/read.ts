import { existsSync } from 'node:fs';
import type { FeatureReader } from '../contract.js';
import { textAttribute } from './hdf5/attributes.js';
import { readCoords, type CoordsOptions, type FoundCoords } from './hdf5/coords.js';
import { findDataset, hdf5, isHdf5, openHdf5 } from './hdf5/library.js';
import { rowsOf } from './hdf5/rows.js';
import { featuresInvalid } from './invalid.js';
import { isTorch } from './torch/archive.js';
import { TensorRows } from './torch/tensor.js';

export interface FeatureOptions extends CoordsOptions {
  /** HDF5 file with the coords, where the store has none of its own: CLAM's tensors lie beside `patches/<slide>.h5`. */
  readonly coordsFile?: string;
}

/** A table of features in an open file. */
interface OpenStore {
  readonly count: number;
  readonly width: number;
  readInto(target: Float32Array, start: number, end: number): void;
  close(): void;
  readonly coords: FoundCoords;
}

/**
 * Opens the features of one slide: HDF5 in the layout of CLAM, TRIDENT or STAMP (shared formats.md), or one bare tensor
 * saved by PyTorch, as CLAM's `pt_files` are; float16, bfloat16, float32 or float64. What a file is, its content says.
 * Coordinates are read at once, features slice by slice.
 * @throws HardmineError `features-invalid` naming file and dataset, `file-missing`, `file-denied`.
 */
export async function openFeatures(path: string, options: FeatureOptions = {}): Promise<FeatureReader> {
  const store = isHdf5(path) || !isTorch(path) ? await openHdf5Store(path, options) : openTorchStore(path);
  try {
    const { coords, note } = store.coords.coords ? store.coords : await coordsBeside(store, options);
    return {
      count: store.count,
      featureSize: store.width,
      coords,
      ...(note === undefined ? {} : { note }),
      readInto: (target, start, end) => {
        try {
          store.readInto(target, start, end);
        } catch (cause) {
          throw featuresInvalid(path, `Rows ${start} to ${end} of the features cannot be read (${String(cause)}).`, 'The file is damaged: extract the features of this slide again.');
        }
      },
      close: () => store.close(),
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

async function openHdf5Store(path: string, options: CoordsOptions): Promise<OpenStore> {
  const library = await hdf5();
  const file = openHdf5(library, path);
  try {
    const features = findDataset(library, file, ['features', 'feats']);
    if (!features) throw featuresInvalid(path, `There is no dataset \`features\` or \`feats\` (found: ${file.keys().join(', ') || 'nothing'}).`);
    const rows = rowsOf(features, 'features', path);
    const coords = await readCoords(library, file, rows.count, path, options);
    return { count: rows.count, width: rows.width, readInto: (...asked) => rows.readInto(...asked), close: () => void file.close(), coords };
  } catch (error) {
    file.close();
    throw error;
  }
}

function openTorchStore(path: string): OpenStore {
  try {
    const rows = TensorRows.open(path);
    return { count: rows.count, width: rows.width, readInto: (...asked) => rows.readInto(...asked), close: () => rows.close(), coords: { note: 'A tensor that PyTorch saved holds no coordinates.' } };
  } catch (error) {
    if (error instanceof RangeError) throw featuresInvalid(path, `This file of PyTorch ${error.message}.`);
    throw error;
  }
}

/** The coords of a file beside the store, or why there are none. */
async function coordsBeside({ count, coords }: OpenStore, options: FeatureOptions): Promise<FoundCoords> {
  const { coordsFile } = options;
  if (coordsFile === undefined || !existsSync(coordsFile)) return coordsFile === undefined ? coords : { note: `${coords.note} There is no ${coordsFile} either.` };
  const library = await hdf5();
  const file = openHdf5(library, coordsFile);
  try {
    return await readCoords(library, file, count, coordsFile, options);
  } finally {
    file.close();
  }
}

/** A text that a store's `features` carry as the attribute `name`. @throws HardmineError as `openFeatures` does. */
export async function readMark(path: string, name: string): Promise<string | undefined> {
  const library = await hdf5();
  const file = openHdf5(library, path);
  try {
    const features = findDataset(library, file, ['features']);
    return features && textAttribute(features, name);
  } finally {
    file.close();
  }
}

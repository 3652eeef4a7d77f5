import type { Dataset, File } from 'h5wasm/node';
import type { FeatureReader } from '../contract.js';
import { featuresInvalid, findDataset, hdf5, numberAttribute, openHdf5 } from './hdf5.js';
import { NumberRows } from './numbers.js';

export interface FeatureOptions {
  /** Edge of a patch in level-0 pixels where the store does not say it (CLAM's feature files do not). */
  readonly patchSize?: number;
  /** Level-0 resolution of the slide, µm/px: STAMP keeps coordinates in µm. */
  readonly mpp?: number;
}

/**
 * Opens the features of one slide: HDF5 in the layout of CLAM, TRIDENT or STAMP (shared formats.md),
 * float16, float32 or float64. Coordinates are read at once, features slice by slice.
 * @throws HardmineError `features-invalid` naming file and dataset, `file-missing`, `file-denied`.
 */
export async function openFeatures(path: string, options: FeatureOptions = {}): Promise<FeatureReader> {
  const library = await hdf5();
  const file = openHdf5(library, path);
  try {
    const features = findDataset(library, file, ['features', 'feats']);
    if (!features) throw featuresInvalid(path, `There is no dataset \`features\` or \`feats\` (found: ${file.keys().join(', ') || 'nothing'}).`);
    const rows = rowsOf(features, 'features', path);
    const coords = findDataset(library, file, ['coords']);
    return {
      count: rows.count,
      featureSize: rows.width,
      coords: coords && readCoords(file, features, coords, rows.count, path, options),
      readInto: (target, start, end) => {
        try {
          rows.readInto(target, start, end);
        } catch (cause) {
          throw featuresInvalid(path, `Rows ${start} to ${end} of the dataset \`features\` cannot be read (${String(cause)}).`, 'The file is damaged: extract the features of this slide again.');
        }
      },
      close: () => void file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function rowsOf(dataset: Dataset, name: string, path: string): NumberRows {
  try {
    return new NumberRows(dataset);
  } catch (error) {
    if (error instanceof RangeError) throw featuresInvalid(path, `The dataset \`${name}\` ${error.message}.`);
    throw error;
  }
}

function readCoords(file: File, features: Dataset, coords: Dataset, count: number, path: string, options: FeatureOptions): FeatureReader['coords'] {
  const rows = rowsOf(coords, 'coords', path);
  if (rows.count !== count || (count > 0 && rows.width !== 2)) throw featuresInvalid(path, `The dataset \`coords\` is ${rows.count} × ${rows.width}, but there are ${count} feature rows: expected is ${count} × 2.`);
  const micrometres = file.attrs['unit']?.value === 'um';
  if (micrometres && options.mpp === undefined) return undefined;
  const scale = micrometres ? 1 / options.mpp! : 1;
  const size0 = patchSize(file, features, coords, scale) ?? options.patchSize;
  if (size0 === undefined) return undefined;
  const pairs = new Float64Array(count * 2);
  rows.readInto(pairs, 0, count);
  const axis = (offset: number): Float64Array => Float64Array.from({ length: count }, (_, i) => pairs[2 * i + offset] * scale);
  return { x: axis(0), y: axis(1), size0 };
}

/** Level-0 edge of a patch as the store says it: ours and TRIDENT's attribute, CLAM's patch size and downsample, STAMP's tile size in µm. */
function patchSize(file: File, features: Dataset, coords: Dataset, scale: number): number | undefined {
  const first = (name: string): number | undefined => [file, coords, features].map((entity) => numberAttribute(entity, name)).find((value) => value !== undefined);
  const direct = first('patch_size_level0');
  if (direct !== undefined) return direct;
  const micrometres = first('tile_size_um');
  if (micrometres !== undefined) return micrometres * scale;
  const size = first('patch_size');
  const downsample = first('downsample');
  return size !== undefined && downsample !== undefined ? size * downsample : undefined;
}

import type { Dataset, File, Group } from 'h5wasm/node';
import type { PatchCoords } from '../../contract.js';
import { featuresInvalid } from '../invalid.js';
import { findDataset, numberAttribute, type Hdf5 } from './library.js';
import { rowsOf } from './rows.js';

/** What a store may not say itself. */
export interface CoordsOptions {
  /** Edge of a patch in level-0 pixels where the store does not say it (CLAM's feature files do not). */
  readonly patchSize?: number;
  /** Level-0 resolution of the slide, µm/px, or how to find it out: STAMP keeps coordinates in µm. */
  readonly mpp?: number | (() => Promise<number | undefined>);
}

/** The coords of a store, or why there are none; `note` alone is what a person should know of coords that are taken. */
export interface FoundCoords {
  readonly coords?: PatchCoords;
  readonly note?: string;
}

/**
 * The coords of a store, in level-0 pixels. Nothing is made up: where unit or size of the patches are not known, there
 * are none.
 * @param count patches there must be.
 * @throws HardmineError `features-invalid`.
 */
export async function readCoords(library: Hdf5, file: File, count: number, path: string, options: CoordsOptions): Promise<FoundCoords> {
  const dataset = findDataset(library, file, ['coords']);
  if (!dataset) return { note: 'The store holds no coordinates (no dataset `coords`).' };
  const rows = rowsOf(dataset, 'coords', path);
  if (rows.count !== count || (count > 0 && rows.width !== 2)) throw featuresInvalid(path, `The dataset \`coords\` is ${rows.count} × ${rows.width}, but there are ${count} feature rows: expected is ${count} × 2.`);
  const said = attributesOf([file, dataset, findDataset(library, file, ['features', 'feats'])]);
  const mpp = said.micrometres ? await (typeof options.mpp === 'function' ? options.mpp() : options.mpp) : undefined;
  if (said.micrometres && mpp === undefined) return { note: 'The coordinates are in µm, and neither the cohort table nor a slide says how many µm a pixel spans: give it in the `mpp` column.' };
  const scale = mpp === undefined ? 1 : 1 / mpp;
  const unsaid = said.size0 === undefined && said.sizeUm === undefined;
  if (unsaid && findDataset(library, file, ['feats'])) return { note: 'STAMP wrote these coordinates without their unit, as it did before its version 2: extract the features again to see them on the slide.' };
  const size0 = said.size0 ?? (said.sizeUm === undefined ? undefined : said.sizeUm * scale) ?? options.patchSize;
  if (size0 === undefined) return { note: 'The store does not say how large its patches are: give `encoder.patchSize` (level-0 pixels), or name the folder of its coords (CLAM: `patches`) as `encoder.coords`.' };
  const pairs = new Float64Array(2 * count);
  rows.readInto(pairs, 0, count);
  const axis = (offset: number): Float64Array => Float64Array.from({ length: count }, (_, i) => pairs[2 * i + offset] * scale);
  const coords = { x: axis(0), y: axis(1), size0 };
  return { coords, ...(unsaid && { note: sizeNote(coords) }) };
}

interface SaidOfCoords {
  readonly micrometres: boolean;
  /** Edge of a patch, level-0 pixels. */
  readonly size0: number | undefined;
  /** Edge of a patch, µm. */
  readonly sizeUm: number | undefined;
}

/** What a store says of its coords: ours and TRIDENT's edge at level 0, CLAM's edge and downsample, STAMP's edge in µm (`tile_size` in its version 2). */
function attributesOf(entities: readonly (Dataset | Group | undefined)[]): SaidOfCoords {
  const first = (name: string): number | undefined => entities.map((entity) => entity && numberAttribute(entity, name)).find((value) => value !== undefined);
  const unit = entities[0]?.attrs['unit']?.value;
  const sizeUm = first('tile_size_um') ?? (unit === 'um' ? first('tile_size') : undefined);
  const [size, downsample] = [first('patch_size'), first('downsample')];
  const direct = first('patch_size_level0');
  return { micrometres: unit === 'um' || sizeUm !== undefined, size0: direct ?? (size !== undefined && downsample !== undefined ? size * downsample : undefined), sizeUm };
}

/** Where the size was only assumed, neighbours tell: patches that lie further apart than they are large would leave gaps everywhere. */
function sizeNote({ x, y, size0 }: PatchCoords): string | undefined {
  const step = Math.min(smallestStep(x), smallestStep(y));
  if (step === Infinity || step === size0) return undefined;
  return `The store does not say how large its patches are: ${size0} level-0 pixels are assumed (\`encoder.patchSize\`), but neighbours lie ${step} apart.`;
}

function smallestStep(places: Float64Array): number {
  const sorted = places.toSorted();
  let step = Infinity;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] > sorted[i - 1]) step = Math.min(step, sorted[i] - sorted[i - 1]);
  return step;
}

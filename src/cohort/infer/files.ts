import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import { fileError } from '../../shared/files.js';
import { dicomSlidesIn } from '../../slides/dicom/series.js';
import { findOpenSlide } from '../../slides/openslide/library.js';

const slideTypes = new Set(['.svs', '.tif', '.tiff', '.qptiff', '.ndpi', '.png', '.jpg', '.jpeg', '.webp']);
/** Of other scanners: OpenSlide reads them, where it is installed. */
const openslideTypes = new Set(['.mrxs', '.scn', '.vms', '.vmu', '.bif', '.svslide']);
/** Nothing here reads them. */
const unreadableTypes = new Set(['.czi']);
const dicomType = '.dcm';
const featureType = '.h5';
/** A tensor saved by PyTorch, as CLAM writes one beside each .h5. */
const tensorType = '.pt';
const tableTypes = new Set(['.csv', '.tsv']);
/** Folders that hold pictures about slides rather than slides. */
const besideSlides = /^(truth|annotations?|masks?|thumbnails?|previews?|stitches|patches|node_modules)$/i;
const depth = 4;

/** Files below a folder, by what they are; paths are relative to it. */
export interface FoundFiles {
  readonly slides: readonly string[];
  readonly features: readonly string[];
  readonly tables: readonly string[];
  readonly unreadable: readonly string[];
}

/** Looks a few folders deep; hidden folders and those of masks and thumbnails are passed over. @throws HardmineError `file-missing`, `file-denied`. */
export async function findFiles(folder: string): Promise<FoundFiles> {
  const all = await filesBelow(folder, '', depth);
  const ofType = (types: ReadonlySet<string>): string[] => all.filter((file) => types.has(extname(file).toLowerCase()));
  const { library } = await findOpenSlide();
  const dicom = await dicomSlides(folder, ofType(new Set([dicomType])));
  return {
    slides: [...ofType(library ? new Set([...slideTypes, ...openslideTypes]) : slideTypes), ...dicom.slides],
    features: stores(ofType(new Set([featureType])), ofType(new Set([tensorType]))),
    tables: ofType(tableTypes),
    unreadable: [...ofType(library ? unreadableTypes : new Set([...unreadableTypes, ...openslideTypes])), ...dicom.others],
  };
}

/** The feature files; of a slide that has both kinds in a folder, the one with coordinates. */
function stores(tables: readonly string[], tensors: readonly string[]): string[] {
  const known = new Set(tables.map((file) => file.slice(0, -featureType.length)));
  return [...tables, ...tensors.filter((file) => !known.has(file.slice(0, -tensorType.length)))];
}

/** A folder of the files of one DICOM slide is that slide; where several lie in one folder, the largest file of each stands for it. */
async function dicomSlides(root: string, files: readonly string[]): Promise<{ readonly slides: readonly string[]; readonly others: readonly string[] }> {
  const slides: string[] = [];
  const taken = new Set<string>();
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    const found = await dicomSlidesIn(join(root, folder));
    const inside = (path: string): string => (folder === '.' ? basename(path) : `${folder}/${basename(path)}`);
    for (const paths of found.values()) {
      slides.push(found.size === 1 && folder !== '.' ? folder : inside(largest(paths)));
      for (const path of paths) taken.add(inside(path));
    }
  }
  return { slides, others: files.filter((file) => !taken.has(file)) };
}

function largest(paths: readonly string[]): string {
  const sizes = new Map(paths.map((path) => [path, statSync(path).size]));
  return [...paths].sort((a, b) => sizes.get(b)! - sizes.get(a)!)[0];
}

/** Tables beside a folder: labels often lie one level above the slides. */
export async function tablesBeside(folder: string): Promise<string[]> {
  const above = dirname(folder);
  const entries = await readdir(above, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isFile() && tableTypes.has(extname(entry.name).toLowerCase()) ? [join(above, entry.name)] : [])).sort();
}

/** The folder that holds most of the features, which must lie in one; of two that hold as many, the one with coordinates. */
export function featureFolder(features: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const file of features) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  const withTables = (folder: string): number => (features.some((file) => dirname(file) === folder && file.endsWith(featureType)) ? 1 : 0);
  const [most] = [...counts].sort(([a, many], [b, more]) => more - many || withTables(b) - withTables(a) || a.localeCompare(b));
  if (!most) throw new HardmineError('features-invalid', 'There are no features here.', { remedy: 'Name a folder with one .h5 or .pt file a slide.' });
  return most[0];
}

/** File name without folder and type. */
export function stem(file: string): string {
  return basename(file, extname(file));
}

async function filesBelow(root: string, inside: string, levels: number): Promise<string[]> {
  const entries = await readdir(join(root, inside), { withFileTypes: true }).catch((error: unknown) => {
    if (inside === '') throw fileError(error, root);
    return [];
  });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isFile() && !entry.name.startsWith('.')) found.push(path);
    else if (entry.isDirectory() && levels > 0 && !entry.name.startsWith('.') && !besideSlides.test(entry.name)) found.push(...(await filesBelow(root, path, levels - 1)));
  }
  return found;
}

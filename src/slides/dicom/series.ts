import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HardmineError, messageOf } from '../../shared/errors.js';
import { RandomAccessFile } from '../tiff/file.js';
import { identify, type Identity } from './identity.js';
import { readInstance, type DicomInstance } from './instance.js';

/** Files of a folder looked at side by side. */
const atOnce = 16;

/**
 * The files that make up a DICOM slide: those of the series of a file that lie beside it, or the one slide of a folder.
 * The caller closes their files.
 * @throws HardmineError `slide-format`, `slide-unreadable`.
 */
export async function readSeries(path: string, isFolder: boolean): Promise<DicomInstance[]> {
  const own = isFolder ? undefined : await identify(path);
  if (own?.problem !== undefined) throw damaged(path, own.problem);
  if (own && !own.wholeSlide) throw noSlide(path, 'This DICOM file is no whole-slide image.');
  const found = own?.series ? await inFolder(dirname(path), own.series) : isFolder ? await inFolder(path) : [];
  if (isFolder) checkFolder(path, found);
  const files = found.length > 0 ? found.map((each) => each.path) : [path];
  const instances: DicomInstance[] = [];
  try {
    for (const file of files) instances.push(await readOne(file));
  } catch (error) {
    await closeAll(instances);
    throw error;
  }
  return instances;
}

/** The DICOM slides of a folder: the files of each, by its series. Files that are no whole-slide image, or damaged, are in none. */
export async function dicomSlidesIn(folder: string): Promise<Map<string, string[]>> {
  const slides = new Map<string, string[]>();
  for (const { path, series, wholeSlide } of await inFolder(folder)) {
    if (wholeSlide && series) slides.set(series, [...(slides.get(series) ?? []), path]);
  }
  return slides;
}

export async function closeAll(instances: readonly DicomInstance[]): Promise<void> {
  await Promise.all(instances.map(({ file }) => file.close()));
}

/** The error of a DICOM file that cannot be read. @param reason short. */
export function damaged(path: string, reason: string, cause?: unknown): HardmineError {
  return new HardmineError('slide-unreadable', `This DICOM slide is damaged (${reason}).`, { place: { file: path }, remedy: 'Copy all files of the slide again.', cause });
}

/** @param series leaves out all others, and files that do not even tell theirs. */
async function inFolder(folder: string, series?: string): Promise<Identity[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new HardmineError('file-denied', `This folder cannot be read (${messageOf(cause)}).`, { place: { file: folder }, remedy: 'Check its permissions.', cause });
  });
  const paths = entries.filter(mayBeFile).map(({ name }) => join(folder, name)).sort();
  const found: Identity[] = [];
  for (let start = 0; start < paths.length; start += atOnce) {
    const some = await Promise.all(paths.slice(start, start + atOnce).map((path) => identify(path)));
    found.push(...some.filter((identity) => identity !== undefined));
  }
  return found.filter((identity) => (series === undefined ? identity.wholeSlide || identity.problem !== undefined : identity.series === series && identity.wholeSlide));
}

function mayBeFile(entry: Dirent): boolean {
  return (entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith('.');
}

function checkFolder(path: string, found: readonly Identity[]): void {
  const bad = found.find(({ problem }) => problem !== undefined);
  if (bad) throw damaged(bad.path, bad.problem!);
  if (found.length === 0) throw noSlide(path, 'This is a folder without a DICOM slide in it.');
  const series = new Set(found.map((each) => each.series));
  if (series.size > 1) {
    throw new HardmineError('slide-format', `This folder holds ${series.size} DICOM slides.`, { place: { file: path }, remedy: 'Name one file of the slide instead, or give each slide a folder of its own.' });
  }
}

function noSlide(path: string, what: string): HardmineError {
  return new HardmineError('slide-format', what, { place: { file: path }, remedy: 'Name a slide file, or a folder that holds the files of one DICOM whole-slide image (class VL Whole Slide Microscopy Image Storage).' });
}

async function readOne(path: string): Promise<DicomInstance> {
  const file = new RandomAccessFile(path);
  try {
    const instance = await readInstance(file);
    if (!instance) throw new Error('it is no whole-slide image');
    return instance;
  } catch (cause) {
    await file.close();
    throw damaged(path, messageOf(cause), cause);
  }
}

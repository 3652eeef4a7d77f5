import { stat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { messageOf } from '../../shared/errors.js';
import { RandomAccessFile } from '../tiff/file.js';
import { dicomStart, isDicom, parseHead } from './header.js';
import { wholeSlideClass } from './instance.js';
import { parseFrom } from './parse-from.js';

/** What a DICOM file says of where it belongs. */
export interface Identity {
  readonly path: string;
  readonly series?: string;
  readonly wholeSlide?: boolean;
  /** Why it does not say it, short. */
  readonly problem?: string;
}

/** Behind the series in every file. */
const behindSeries = 'x0020000f';
/** The series stands within the first of these, bytes, unless a long text stands before it. */
const firstBytes = 4 * 2 ** 10;
const mostBefore = 4 * 2 ** 20;

/** Broken links, loops of links, links to folders. */
const notAFile = new Set(['ENOENT', 'ELOOP', 'EISDIR']);

interface Known {
  readonly size: number;
  readonly changed: number;
  readonly identity: Identity | undefined;
}

/** Each slide of a folder asks about all of its files: what they are is remembered until they change. */
const known = new LRUCache<string, Known>({ max: 100_000 });

/** What a file is, from its first elements; undefined where it is no DICOM. */
export async function identify(path: string): Promise<Identity | undefined> {
  const found = await stat(path).catch(() => undefined);
  const before = known.get(path);
  if (found && before && before.size === found.size && before.changed === found.mtimeMs) return before.identity;
  const identity = await read(path);
  if (found && identity?.problem === undefined) known.set(path, { size: found.size, changed: found.mtimeMs, identity });
  return identity;
}

async function read(path: string): Promise<Identity | undefined> {
  const file = new RandomAccessFile(path);
  try {
    const size = await file.size();
    if (size < dicomStart || !isDicom(await file.read(0, dicomStart))) return undefined;
    const { data } = await parseFrom(file, 0, mostBefore, (bytes) => parseHead(bytes, behindSeries), firstBytes);
    return { path, series: data.string('x0020000e'), wholeSlide: data.string('x00080016') === wholeSlideClass };
  } catch (error) {
    return notAFile.has((error as NodeJS.ErrnoException).code ?? '') ? undefined : { path, problem: messageOf(error) };
  } finally {
    await file.close();
  }
}

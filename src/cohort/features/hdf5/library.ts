import { closeSync, openSync, readSync } from 'node:fs';
import type { Dataset, File, Group } from 'h5wasm/node';
import { fileError } from '../../../shared/files.js';
import { featuresInvalid } from '../invalid.js';

/** The HDF5 library. */
export type Hdf5 = typeof import('h5wasm/node');

let loading: Promise<Hdf5> | undefined;

/** The HDF5 library, compiled to WebAssembly; it reads files in place, never whole. */
export function hdf5(): Promise<Hdf5> {
  // The package is an ES module without a CommonJS door: the bundle must keep this import as it stands.
  loading ??= import(/* webpackIgnore: true */ 'h5wasm/node').then(async (library) => {
    await library.ready;
    return library;
  });
  return loading;
}

const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/** Opens an HDF5 file to read. @throws HardmineError `features-invalid`, `file-missing`, `file-denied`. */
export function openHdf5(library: Hdf5, path: string): File {
  if (!isHdf5(path)) throw featuresInvalid(path, 'This is not an HDF5 file.');
  const file = new library.File(path, 'r');
  if (file.file_id < 0n) throw featuresInvalid(path, 'This HDF5 file is damaged or cut short.');
  return file;
}

/** Whether a file begins as HDF5 does. The library prints its own trace on what it cannot open: looking first keeps that off the screen. */
export function isHdf5(path: string): boolean {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const start = Buffer.alloc(signature.length);
      // The superblock stands at 0, or behind a user block of a power of two from 512 on.
      return [0, 512, 1024, 2048].some((position) => readSync(descriptor, start, 0, start.length, position) === start.length && start.equals(signature));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

/** A dataset by the first of `names` that exists. */
export function findDataset(library: Hdf5, group: Group, names: readonly string[]): Dataset | undefined {
  const present = new Set(group.keys());
  for (const name of names) {
    const entity = present.has(name) ? group.get(name) : null;
    if (entity instanceof library.Dataset) return entity;
  }
  return undefined;
}

/** A numeric attribute; undefined where there is none. Arrays give their first value. */
export function numberAttribute(entity: Dataset | Group, name: string): number | undefined {
  const value = entity.attrs[name]?.value;
  const first: unknown = typeof value === 'object' && value !== null && 0 in value ? value[0] : value;
  const number = typeof first === 'number' || typeof first === 'bigint' ? Number(first) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

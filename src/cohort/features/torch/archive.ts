import { closeSync, fstatSync } from 'node:fs';
import { openDescriptor, readBytes, type StoredBytes } from './bytes.js';
import { readPickle } from './pickle.js';
import { zipEntries } from './zip.js';

/** A file that PyTorch saved, its numbers left where they are. */
export interface TorchArchive {
  /** Bytes with the pickle of the tensor at `start`. */
  readonly pickle: Uint8Array;
  readonly start: number;
  /** The bytes of the storage of that key. @param pickleEnd where the pickle ended. @throws RangeError in words for people. */
  storage(key: string, pickleEnd: number): StoredBytes;
}

/** A pickle of one tensor takes a few hundred bytes; a model's would take more and is none of ours. */
const pickleBytes = 2 ** 20;

/** Whether a file begins as PyTorch's do: a zip archive since version 1.6, a pickle before. */
export function isTorch(path: string): boolean {
  const descriptor = openDescriptor(path);
  try {
    const [first, second] = readBytes(descriptor, 0, 2);
    return (first === 0x50 && second === 0x4b) || (first === 0x80 && second === 2);
  } finally {
    closeSync(descriptor);
  }
}

/** @throws RangeError in words for people when the file is damaged or none of PyTorch's. */
export function openArchive(descriptor: number): TorchArchive {
  return readBytes(descriptor, 0, 1)[0] === 0x50 ? openZip(descriptor) : openLegacy(descriptor);
}

function openZip(descriptor: number): TorchArchive {
  // Names begin with a folder, which PyTorch calls as the file was called when it was saved.
  const places = new Map([...zipEntries(descriptor)].map(([name, place]) => [name.slice(name.indexOf('/') + 1), place]));
  const content = (name: string): Uint8Array | undefined => {
    const place = places.get(name);
    if (place && place.length > pickleBytes) throw new RangeError('holds far more than one tensor');
    return place && readBytes(descriptor, place.position, place.length);
  };
  if (Buffer.from(content('byteorder') ?? []).toString() === 'big') throw new RangeError('holds big-endian numbers');
  const pickle = content('data.pkl');
  if (!pickle) throw new RangeError('holds no tensor of PyTorch');
  return {
    pickle,
    start: 0,
    storage: (key) => {
      const place = places.get(`data/${key}`);
      if (!place) throw new RangeError(`lacks the numbers "data/${key}" of its tensor`);
      return place;
    },
  };
}

/** Before version 1.6: pickles of a magic number, a version and facts of the machine, then the tensor, the keys of its storages, and their numbers. */
function openLegacy(descriptor: number): TorchArchive {
  const pickle = readBytes(descriptor, 0, pickleBytes);
  const { size } = fstatSync(descriptor);
  return {
    pickle,
    start: endOfPickle(pickle, endOfPickle(pickle, endOfPickle(pickle, 0))),
    storage: (_, pickleEnd) => {
      // The count of numbers stands before them, as int64.
      const position = endOfPickle(pickle, pickleEnd) + 8;
      return { position, length: size - position };
    },
  };
}

function endOfPickle(bytes: Uint8Array, start: number): number {
  return readPickle(bytes, start, {}, () => undefined).end;
}

import { fstatSync, openSync, readSync } from 'node:fs';
import { fileError } from '../../../shared/files.js';

/** Where bytes lie in a file. */
export interface StoredBytes {
  readonly position: number;
  readonly length: number;
}

/** Opens a file to read. @throws HardmineError `file-missing`, `file-denied`. */
export function openDescriptor(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw fileError(error, path);
  }
}

/** Bytes of a file; fewer where it ends before, whatever a damaged header asks for. */
export function readBytes(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, fstatSync(descriptor).size - position)));
  let done = 0;
  for (let read = -1; done < bytes.length && read !== 0; done += read) read = readSync(descriptor, bytes, done, bytes.length - done, position + done);
  return bytes.subarray(0, done);
}

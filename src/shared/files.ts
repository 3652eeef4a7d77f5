import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { HardmineError, type ErrorCode } from './errors.js';

/** Turns what the file system said into an error a person can act on; anything else passes unchanged. */
export function fileError(error: unknown, file: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const [kind, what, remedy] = (code && meanings[code]) || [];
  return kind ? new HardmineError(kind, what!, { place: { file }, remedy: remedy!, cause: error }) : error;
}

const meanings: Record<string, [ErrorCode, string, string]> = {
  ENOSPC: ['disk-full', 'The disk is full.', 'Free some space (the cache folder .mil/cache is safe to delete), then resume the run: nothing written so far is lost.'],
  EDQUOT: ['disk-full', 'Your disk quota is used up.', 'Free some space (the cache folder .mil/cache is safe to delete), then resume the run: nothing written so far is lost.'],
  EACCES: ['file-denied', 'Permission denied.', 'Check the owner and the permissions of the file and of its folder.'],
  EPERM: ['file-denied', 'The operation is not permitted.', 'Check the owner and the permissions of the file and of its folder.'],
  EROFS: ['file-denied', 'The file system is read-only.', 'Choose a folder that can be written, e.g. with --out.'],
  ENOENT: ['file-missing', 'There is no such file or folder.', 'Check the spelling of the path.'],
  EISDIR: ['file-missing', 'This is a folder, not a file.', 'Name a file.'],
  ENOTDIR: ['file-missing', 'A part of this path is a file, not a folder.', 'Check the spelling of the path.'],
};

/**
 * Replaces a file as a whole: whoever reads it sees the old content or the new, never a part of it,
 * also after a crash (temporary name, fsync, rename).
 *
 * Written here rather than taken from a package because Node's `writeFileSync` continues after a
 * short write, and so notices a disk that fills up half-way.
 * @param content the content, or what writes it to the temporary name it is given.
 * @throws HardmineError `disk-full`, `file-denied`, `file-missing`.
 */
export function replaceFile(file: string, content: string | Uint8Array | ((temporary: string) => void)): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    if (typeof content === 'function') content(temporary);
    else writeFileSync(temporary, content);
    const descriptor = openSync(temporary, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError(error, file);
  }
}

/** Replaces a file by indented JSON. @throws as `replaceFile`. */
export function replaceJson(file: string, value: unknown): void {
  replaceFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

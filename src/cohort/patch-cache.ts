import { closeSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { HardmineError } from '../shared/errors.js';
import { fileError, replaceFile } from '../shared/files.js';
import type { Slide, TileGrid } from '../slides/contract.js';
import { readPatches } from '../slides/patches.js';

/** The patches of one slide on disk: RGB bytes, size × size × 3 each, one after the other, nothing else. */
export interface PatchFile {
  readonly file: string;
  readonly count: number;
}

/**
 * Writes the patches of a grid; the file appears when complete.
 * @param onPatch called after each patch with the number done; what it throws stops the writing.
 * @throws HardmineError as reading does, and `disk-full`, `file-denied`, `file-missing`.
 */
export async function writePatches(file: string, slide: Slide, grid: TileGrid, onPatch?: (done: number) => void | Promise<void>): Promise<void> {
  const partial = `${file}.${process.pid}.partial`;
  try {
    const descriptor = openSync(partial, 'w');
    try {
      for await (const { index, pixels } of readPatches(slide, grid)) {
        for (let written = 0; written < pixels.length; ) written += writeSync(descriptor, pixels, written);
        await onPatch?.(index + 1);
      }
    } finally {
      closeSync(descriptor);
    }
    replaceFile(file, (temporary) => renameSync(partial, temporary));
  } catch (error) {
    rmSync(partial, { force: true });
    throw fileError(error, file);
  }
}

/** Whether `file` holds `count` patches of `size` pixels, so need not be written again. */
export function hasPatches({ file, count }: PatchFile, size: number): boolean {
  return statSync(file, { throwIfNoEntry: false })?.size === count * 3 * size * size;
}

/** Files kept open at once. */
const openFiles = 64;

/** Random access to the patches of many slides, counted through: slide after slide, each in the order of its grid. */
export class PatchStore {
  readonly count: number;
  /** Index of the first patch of each file. */
  private readonly starts: Int32Array;
  /** Open descriptors, least recently used first. */
  private readonly descriptors = new Map<number, number>();

  /** @param size edge of a patch, px. */
  constructor(
    readonly size: number,
    private readonly files: readonly PatchFile[],
  ) {
    this.starts = new Int32Array(files.length);
    let count = 0;
    files.forEach((file, i) => {
      this.starts[i] = count;
      count += file.count;
    });
    this.count = count;
  }

  /**
   * Copies patch `index` (3·size² bytes) into `target` at `offset`.
   * @throws HardmineError `cache-damaged` where the file ends early, `file-missing`.
   */
  read(index: number, target: Uint8Array, offset: number): void {
    const file = this.fileOf(index);
    const bytes = 3 * this.size * this.size;
    const position = (index - this.starts[file]) * bytes;
    for (let done = 0; done < bytes; ) {
      const read = readSync(this.descriptor(file), target, offset + done, bytes - done, position + done);
      if (read === 0) throw new HardmineError('cache-damaged', 'This file of cached patches ends early.', { place: { file: this.files[file].file }, remedy: 'Delete the cache folder .mil/cache and start again; everything in it can be made anew.' });
      done += read;
    }
  }

  close(): void {
    for (const descriptor of this.descriptors.values()) closeSync(descriptor);
    this.descriptors.clear();
  }

  /** The last file that starts at or before `index`; empty files share their start with the next. */
  private fileOf(index: number): number {
    if (!(index >= 0 && index < this.count)) throw new RangeError(`patch ${index} of ${this.count}`);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private descriptor(file: number): number {
    const known = this.descriptors.get(file);
    if (known !== undefined) this.descriptors.delete(file);
    const descriptor = known ?? this.openFile(file);
    this.descriptors.set(file, descriptor);
    return descriptor;
  }

  private openFile(file: number): number {
    if (this.descriptors.size >= openFiles) {
      const [oldest] = this.descriptors;
      closeSync(oldest[1]);
      this.descriptors.delete(oldest[0]);
    }
    try {
      return openSync(this.files[file].file, 'r');
    } catch (error) {
      throw fileError(error, this.files[file].file);
    }
  }
}

import * as fs from 'node:fs';
import { promisify } from 'node:util';

// By number, not by FileHandle: Node ends the process over a handle that was forgotten.
const [openFile, readFile, statFile, closeFile] = [promisify(fs.open), promisify(fs.read), promisify(fs.fstat), promisify(fs.close)];

interface Opened {
  readonly file: number;
  /** When it was opened, bytes. */
  readonly size: number;
}

/** A file that is read in pieces; opened with the first of them. */
export class RandomAccessFile {
  private opened: Promise<Opened> | undefined;

  constructor(readonly path: string) {}

  /** @throws Error where the file ends before `offset + length`, or these are no place in a file. */
  async read(offset: number, length: number): Promise<Buffer> {
    const { file, size } = await this.open();
    if (!(offset >= 0 && length >= 0 && offset + length <= size)) throw new Error(`its data lies at bytes ${offset} to ${offset + length}, beyond its end at ${size}`);
    const buffer = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await readFile(file, buffer, done, length - done, offset + done);
      if (bytesRead === 0) throw new Error(`it ends at byte ${offset + done} of late`);
      done += bytesRead;
    }
    return buffer;
  }

  async size(): Promise<number> {
    return (await this.open()).size;
  }

  /** A read after it opens the file anew. */
  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    // What never opened needs no closing.
    const file = await opened?.then(({ file }) => file, () => undefined);
    if (file !== undefined) await closeFile(file);
  }

  private open(): Promise<Opened> {
    return (this.opened ??= openFile(this.path, 'r').then(async (file) => ({ file, size: (await statFile(file)).size })));
  }
}

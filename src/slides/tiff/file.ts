import { open, type FileHandle } from 'node:fs/promises';

interface Opened {
  readonly handle: FileHandle;
  /** When it was opened, bytes. */
  readonly size: number;
}

/** A file that is read in pieces; opened with the first of them. */
export class RandomAccessFile {
  private opened: Promise<Opened> | undefined;

  constructor(readonly path: string) {}

  /** @throws Error where the file ends before `offset + length`, or these are no place in a file. */
  async read(offset: number, length: number): Promise<Buffer> {
    const { handle, size } = await this.open();
    if (!(offset >= 0 && length >= 0 && offset + length <= size)) throw new Error(`its data lies at bytes ${offset} to ${offset + length}, beyond its end at ${size}`);
    const buffer = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await handle.read(buffer, done, length - done, offset + done);
      if (bytesRead === 0) throw new Error(`it ends at byte ${offset + done} of late`);
      done += bytesRead;
    }
    return buffer;
  }

  async size(): Promise<number> {
    return (await this.open()).size;
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    // What never opened needs no closing.
    await (await opened?.catch(() => undefined))?.handle.close();
  }

  private open(): Promise<Opened> {
    return (this.opened ??= open(this.path).then(async (handle) => ({ handle, size: (await handle.stat()).size })));
  }
}

import { open } from 'node:fs/promises';

/** Bytes read at once: some 20,000 events, a tenth of a second in which nothing else is answered. */
const mostBytes = 4 * 1024 * 1024;

/** Lines that were appended to a file since the last look. */
export interface NewLines {
  readonly text: string;
  /** The file was replaced or cut: these are its first lines, and those before hold no more. */
  readonly anew: boolean;
  /** There are more lines already. */
  readonly more: boolean;
}

const none: NewLines = { text: '', anew: false, more: false };

/** Follows a file that only grows, reading each byte once. A last line without its end is left for later. */
export class LineTail {
  private offset = 0;
  private inode: number | undefined;

  constructor(private readonly file: string) {}

  /** Whole lines with their ends, of `mostBytes` at most; none while there is no file. */
  async next(): Promise<NewLines> {
    const handle = await open(this.file).catch(() => undefined);
    if (!handle) return none;
    try {
      const { size, ino } = await handle.stat();
      const anew = this.inode !== undefined && (ino !== this.inode || size < this.offset);
      if (anew) this.offset = 0;
      this.inode = ino;
      const bytes = Buffer.allocUnsafe(Math.min(mostBytes, size - this.offset));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, this.offset);
      const end = bytes.subarray(0, bytesRead).lastIndexOf(10) + 1;
      this.offset += end;
      return { text: bytes.toString('utf8', 0, end), anew, more: end > 0 && this.offset < size && bytesRead === mostBytes };
    } finally {
      await handle.close();
    }
  }

  /** Gives back the last `bytes` bytes: they are read again at the next look. */
  unread(bytes: number): void {
    this.offset -= bytes;
  }
}

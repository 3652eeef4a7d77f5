import { messageOf } from '../../shared/errors.js';
import type { RandomAccessFile } from './file.js';
import { tag } from './tags.js';

/** Bytes a value takes, by TIFF field type. */
const sizes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 };
/** More images than any slide holds: what claims them is damaged. */
const mostImages = 4096;
/** Of a single value that is read whole: descriptions and tables, never tile offsets. */
const mostBytes = 16 * 2 ** 20;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Of the first value in the file. */
  readonly offset: number;
  /** What is added to a value that stands in its entry: the upper 32 bits of NDPI. */
  readonly more: number;
}

/** One image of a TIFF file: its tags, whose values are read when asked for. */
export class TiffDirectory {
  constructor(
    private readonly file: RandomAccessFile,
    private readonly littleEndian: boolean,
    private readonly entries: ReadonlyMap<number, Entry>,
  ) {}

  has(tag: number): boolean {
    return this.entries.has(tag);
  }

  /** How many values a tag holds. */
  count(tag: number): number {
    return this.entries.get(tag)?.count ?? 0;
  }

  /** The bytes of a tag as they stand; empty where it is missing. */
  async bytes(tag: number, limit = mostBytes): Promise<Buffer> {
    const entry = this.entries.get(tag);
    if (!entry) return Buffer.alloc(0);
    const length = entry.count * (sizes[entry.type] ?? 1);
    if (length > limit) throw new Error(`tag ${tag} claims ${length} bytes`);
    return this.file.read(entry.offset, length);
  }

  /** The text of a tag; empty where it is missing. C strings: what follows the NUL is padding. */
  async text(tag: number): Promise<string> {
    return (await this.bytes(tag)).toString('utf8').split('\0')[0];
  }

  /** The first value of a tag. */
  async number(tag: number, fallback: number): Promise<number> {
    return this.entries.has(tag) ? ((await this.numbers(tag))[0] ?? fallback) : fallback;
  }

  /** All values of a tag; rationals as quotients. @param limit of bytes. */
  async numbers(tag: number, limit = mostBytes): Promise<Float64Array> {
    const entry = this.entries.get(tag);
    if (!entry) return new Float64Array(0);
    const bytes = await this.bytes(tag, limit);
    const size = sizes[entry.type] ?? 1;
    const view = viewOf(bytes);
    const values = new Float64Array(entry.count);
    for (let i = 0; i < values.length; i++) values[i] = valueAt(view, i * size, entry.type, this.littleEndian) + entry.more;
    return values;
  }
}

/** The main images of a file in order, each with its SubIFDs. @throws Error where it is no TIFF or damaged. */
export async function readDirectories(file: RandomAccessFile): Promise<{ readonly main: TiffDirectory; readonly sub: readonly TiffDirectory[] }[]> {
  const header = await file.read(0, 16).catch(() => file.read(0, 8));
  const littleEndian = header[0] === 0x49;
  const version = littleEndian ? header.readUInt16LE(2) : header.readUInt16BE(2);
  if (header[0] !== header[1] || (version !== 42 && version !== 43)) throw new Error('it is no TIFF');
  const size = await file.size();
  const first = (type: number): number => valueAt(viewOf(header), version === 43 ? 8 : 4, type, littleEndian);
  const ndpi = version === 42 && size > 2 ** 32 && (await isNdpiAt(first(16), { file, littleEndian, layout: 'ndpi', size }));
  const format: Format = { file, littleEndian, layout: version === 43 ? 'big' : ndpi ? 'ndpi' : 'classic', size };
  const seen = new Set<number>();
  const images: { main: TiffDirectory; sub: TiffDirectory[] }[] = [];
  for (let offset = first(format.layout === 'classic' ? 4 : 16); offset !== 0; ) {
    const { directory: main, next } = await readDirectory(format, offset, seen);
    const sub: TiffDirectory[] = [];
    for (const start of await main.numbers(subIfds)) sub.push((await readDirectory(format, start, seen)).directory);
    images.push({ main, sub });
    offset = next;
  }
  if (images.length === 0) throw new Error('it holds no image');
  return images;
}

const subIfds = 330;

/** NDPI beyond 4 GB is TIFF whose links have 64 bits; the upper 32 bits of every entry follow its directory. Below that it reads as any TIFF. */
async function isNdpiAt(offset: number, format: Format): Promise<boolean> {
  const found = await readDirectory(format, offset, new Set()).catch(() => undefined);
  return found?.directory.has(tag.ndpi) ?? false;
}

interface Format {
  readonly file: RandomAccessFile;
  readonly littleEndian: boolean;
  readonly layout: 'classic' | 'big' | 'ndpi';
  /** Of the file, bytes. */
  readonly size: number;
}

async function readDirectory({ file, littleEndian, layout, size }: Format, offset: number, seen: Set<number>): Promise<{ directory: TiffDirectory; next: number }> {
  if (seen.has(offset)) throw new Error(`the chain of images runs in a circle at byte ${offset}`);
  if (seen.add(offset).size > mostImages) throw new Error(`it claims more than ${mostImages} images`);
  const value = (bytes: Buffer, at: number, type: number): number => valueAt(viewOf(bytes), at, type, littleEndian);
  const big = layout === 'big';
  try {
    const count = big ? value(await file.read(offset, 8), 0, 16) : value(await file.read(offset, 2), 0, 3);
    if (count > 4096) throw new Error(`it claims ${count} tags`);
    const [head, width, inline] = big ? [8, 20, 8] : [2, 12, 4];
    const link = layout === 'classic' ? 4 : 8;
    const bytes = await file.read(offset + head, count * width + link + (layout === 'ndpi' ? count * 4 : 0));
    const entries = new Map<number, Entry>();
    for (let at = 0; at < count * width; at += width) {
      const type = value(bytes, at + 2, 3);
      const number = value(bytes, at + 4, big ? 16 : 4);
      const length = number * (sizes[type] ?? 1);
      const upper = layout === 'ndpi' ? value(bytes, count * width + link + at / 3, 4) * 2 ** 32 : 0;
      const start = length <= inline ? offset + head + at + width - inline : value(bytes, at + width - inline, big ? 16 : 4) + upper;
      // Values beyond the end are as good as missing; where they are needed, that is said there.
      if (start + length <= size) entries.set(value(bytes, at, 3), { type, count: number, offset: start, more: length <= inline ? upper : 0 });
    }
    return { directory: new TiffDirectory(file, littleEndian, entries), next: value(bytes, count * width, link === 8 ? 16 : 4) };
  } catch (cause) {
    throw new Error(`the directory at byte ${offset} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function valueAt(view: DataView, at: number, type: number, littleEndian: boolean): number {
  switch (type) {
    case 3:
      return view.getUint16(at, littleEndian);
    case 4:
    case 13:
      return view.getUint32(at, littleEndian);
    case 5:
      return view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, littleEndian);
    case 9:
      return view.getInt32(at, littleEndian);
    case 10:
      return view.getInt32(at, littleEndian) / view.getInt32(at + 4, littleEndian);
    case 11:
      return view.getFloat32(at, littleEndian);
    case 12:
      return view.getFloat64(at, littleEndian);
    case 16:
    case 18:
      return Number(view.getBigUint64(at, littleEndian));
    case 17:
      return Number(view.getBigInt64(at, littleEndian));
    default:
      return view.getUint8(at);
  }
}

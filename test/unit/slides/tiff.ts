import { writeFileSync } from 'node:fs';

/** One image of a hand-made TIFF: 8-bit RGB in tiles or strips. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly colour: (x: number, y: number) => readonly [number, number, number];
  /** Edge of the tiles, a multiple of 16; without it strips. */
  readonly tile?: number;
  /** Rows of a strip; without it one strip. */
  readonly rowsPerStrip?: number;
  readonly description?: string;
  readonly subfileType?: number;
  /** Claimed, and done by `pack` where that is given. */
  readonly compression?: number;
  /** Packs the RGB of one tile or strip; the file leaves out those that come back empty. */
  readonly pack?: (block: Buffer, index: number, width: number, height: number) => Buffer;
  readonly photometric?: number;
  readonly samples?: 1 | 3;
  /** Pixels per unit, a rational; 2 inch, 3 cm. */
  readonly resolution?: { readonly x: readonly [number, number]; readonly y: readonly [number, number]; readonly unit: 2 | 3 };
  readonly subIfds?: readonly TiffPage[];
  /** Other tags, of bytes. */
  readonly extra?: Readonly<Record<number, Buffer>>;
}

export interface TiffLayout {
  readonly big?: boolean;
  readonly bigEndian?: boolean;
}

type Entry = readonly [tag: number, type: number, values: readonly number[] | Buffer];

const sizes: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 4, 7: 1, 16: 8 };

/** Writes pages as a TIFF of any layout, for what no encoder at hand makes. */
export function writeTiff(path: string, pages: readonly TiffPage[], { big = false, bigEndian = false }: TiffLayout = {}): string {
  const parts: Buffer[] = [];
  let length = 0;
  const append = (part: Buffer): number => {
    const padded = Buffer.concat([part, Buffer.alloc((8 - (part.length % 8)) % 8)]);
    parts.push(padded);
    length += padded.length;
    return length - padded.length;
  };
  const put = (buffer: Buffer, value: number, at: number, bytes: number): void => {
    if (bytes === 8 && bigEndian) buffer.writeBigUInt64BE(BigInt(value), at);
    else if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else if (bigEndian) buffer.writeUIntBE(value, at, bytes);
    else buffer.writeUIntLE(value, at, bytes);
  };
  const encode = (type: number, values: readonly number[] | Buffer): Buffer => {
    if (Buffer.isBuffer(values)) return values;
    const bytes = Buffer.alloc(values.length * sizes[type]);
    values.forEach((value, i) => put(bytes, value, i * sizes[type], sizes[type]));
    return bytes;
  };
  const pointer = big ? 8 : 4;
  const header = Buffer.alloc(big ? 16 : 8, bigEndian ? 'MM' : 'II');
  put(header, big ? 43 : 42, 2, 2);
  if (big) [8, 0].forEach((value, i) => put(header, value, 4 + 2 * i, 2));
  append(header);

  /** @returns where it lies, and where the offset of the next one is to be written. */
  const writeDirectory = (page: TiffPage): { at: number; buffer: Buffer; next: number } => {
    const blocks = blocksOf(page);
    const offsets = blocks.map((block) => (block.length === 0 ? 0 : append(block)));
    const lengths = blocks.map((block) => block.length);
    const subIfds = (page.subIfds ?? []).map((sub) => {
      const { at, buffer, next } = writeDirectory(sub);
      put(buffer, 0, next, pointer);
      return at;
    });
    const samples = page.samples ?? 3;
    const long = big ? 16 : 4;
    const given: Entry[] = [
      [254, 4, [page.subfileType ?? 0]],
      [256, 4, [page.width]],
      [257, 4, [page.height]],
      [258, 3, Array.from({ length: samples }, () => 8)],
      [259, 3, [page.compression ?? 1]],
      [262, 3, [page.photometric ?? 2]],
      [270, 2, Buffer.from(`${page.description ?? ''}\0`)],
      [277, 3, [samples]],
      ...(page.tile ? ([[322, 4, [page.tile]], [323, 4, [page.tile]], [324, long, offsets], [325, long, lengths]] as Entry[]) : ([[273, long, offsets], [278, 4, [page.rowsPerStrip ?? page.height]], [279, long, lengths]] as Entry[])),
      ...(page.resolution ? ([[282, 5, page.resolution.x], [283, 5, page.resolution.y], [296, 3, [page.resolution.unit]]] as Entry[]) : []),
      ...(subIfds.length > 0 ? ([[330, long, subIfds]] as Entry[]) : []),
      ...Object.entries(page.extra ?? {}).map(([tag, bytes]): Entry => [Number(tag), 7, bytes]),
    ];
    const entries = [...given].sort((a, b) => a[0] - b[0]);
    const [head, width] = big ? [8, 20] : [2, 12];
    const directory = Buffer.alloc(head + width * entries.length + pointer);
    put(directory, entries.length, 0, head);
    entries.forEach(([tag, type, values], i) => {
      const bytes = encode(type, values);
      const at = head + width * i;
      put(directory, tag, at, 2);
      put(directory, type, at + 2, 2);
      put(directory, type === 5 ? 1 : bytes.length / sizes[type], at + 4, big ? 8 : 4);
      if (bytes.length <= pointer) bytes.copy(directory, at + width - pointer);
      else put(directory, append(bytes), at + width - pointer, pointer);
    });
    const at = append(directory);
    return { at, buffer: parts[parts.length - 1], next: directory.length - pointer };
  };

  let link = { buffer: parts[0], next: big ? 8 : 4 };
  for (const page of pages) {
    const { at, buffer, next } = writeDirectory(page);
    put(link.buffer, at, link.next, pointer);
    link = { buffer, next };
  }
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

function blocksOf({ width, height, colour, tile, rowsPerStrip = height, samples = 3, pack = (block) => block }: TiffPage): Buffer[] {
  const block = (left: number, top: number, w: number, h: number): Buffer => Buffer.from(Array.from({ length: w * h }, (_, i) => colour(left + (i % w), top + Math.floor(i / w)).slice(0, samples)).flat());
  const blocks: Buffer[] = [];
  if (tile) for (let top = 0; top < height; top += tile) for (let left = 0; left < width; left += tile) blocks.push(pack(block(left, top, tile, tile), blocks.length, tile, tile));
  else for (let top = 0; top < height; top += rowsPerStrip) blocks.push(pack(block(0, top, width, Math.min(rowsPerStrip, height - top)), blocks.length, width, Math.min(rowsPerStrip, height - top)));
  return blocks;
}

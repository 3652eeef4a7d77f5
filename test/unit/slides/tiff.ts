import { writeFileSync } from 'node:fs';

/** One image of a hand-made TIFF: 8-bit RGB, uncompressed, in tiles or in one strip. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly colour: (x: number, y: number) => readonly [number, number, number];
  /** Edge of the tiles, a multiple of 16; without it one strip. */
  readonly tile?: number;
  readonly description?: string;
  readonly subfileType?: number;
  /** Claimed, not done. */
  readonly compression?: number;
}

/** Writes pages as a little-endian TIFF, for layouts that no encoder at hand makes. */
export function writeTiff(path: string, pages: readonly TiffPage[]): string {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])];
  let length = 8;
  const append = (part: Buffer): number => {
    const padded = part.length % 2 === 0 ? part : Buffer.concat([part, Buffer.alloc(1)]);
    parts.push(padded);
    length += padded.length;
    return length - padded.length;
  };
  let link = { buffer: parts[0], position: 4 };
  for (const page of pages) {
    const blocks = blocksOf(page).map((block) => append(block));
    const blockBytes = (page.tile ? page.tile * page.tile : page.width * page.height) * 3;
    const text = Buffer.from(`${page.description ?? ''}\0`, 'latin1');
    const longs = (values: number[]): number => (values.length === 1 ? values[0] : append(Buffer.from(Uint32Array.from(values).buffer)));
    const entries: [tag: number, type: number, count: number, value: number][] = [
      [254, 4, 1, page.subfileType ?? 0],
      [256, 4, 1, page.width],
      [257, 4, 1, page.height],
      [258, 3, 3, append(Buffer.from(Uint16Array.of(8, 8, 8).buffer))],
      [259, 3, 1, page.compression ?? 1],
      [262, 3, 1, 2],
      [270, 2, text.length, text.length <= 4 ? Buffer.concat([text, Buffer.alloc(4)]).readUInt32LE() : append(text)],
      [277, 3, 1, 3],
      ...(page.tile
        ? ([[322, 4, 1, page.tile], [323, 4, 1, page.tile], [324, 4, blocks.length, longs(blocks)], [325, 4, blocks.length, longs(blocks.map(() => blockBytes))]] as [number, number, number, number][])
        : ([[273, 4, 1, blocks[0]], [278, 4, 1, page.height], [279, 4, 1, blockBytes]] as [number, number, number, number][])),
    ];
    entries.sort((a, b) => a[0] - b[0]);
    const directory = Buffer.alloc(2 + 12 * entries.length + 4);
    directory.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag, type, count, value], i) => {
      directory.writeUInt16LE(tag, 2 + 12 * i);
      directory.writeUInt16LE(type, 4 + 12 * i);
      directory.writeUInt32LE(count, 6 + 12 * i);
      directory.writeUInt32LE(value, 10 + 12 * i);
    });
    link.buffer.writeUInt32LE(append(directory), link.position);
    link = { buffer: parts[parts.length - 1], position: directory.length - 4 };
  }
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

function blocksOf({ width, height, colour, tile }: TiffPage): Buffer[] {
  const block = (left: number, top: number, w: number, h: number): Buffer => Buffer.from(Array.from({ length: w * h }, (_, i) => colour(left + (i % w), top + Math.floor(i / w))).flat());
  if (!tile) return [block(0, 0, width, height)];
  const blocks: Buffer[] = [];
  for (let top = 0; top < height; top += tile) for (let left = 0; left < width; left += tile) blocks.push(block(left, top, tile, tile));
  return blocks;
}

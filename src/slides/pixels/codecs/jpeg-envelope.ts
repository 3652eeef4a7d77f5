import { tag } from '../../tiff/tags.js';

/** What all tiles of an envelope share. */
export interface EnvelopeTiles {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly rgb: boolean;
  readonly subsampling: readonly [number, number];
  readonly tables: Uint8Array | undefined;
}

const short = 3;
const long = 4;
const bytes = 7;
type Entry = readonly [tag: number, type: number, count: number, value: number];

/** A TIFF in memory that holds these JPEGs as its tiles, one below the other. */
export function wrapJpegs(tiles: readonly Uint8Array[], { width, height, components, rgb, subsampling, tables }: EnvelopeTiles): Buffer {
  const parts: Uint8Array[] = [];
  let length = 8;
  const append = (part: Uint8Array): number => {
    const at = length;
    parts.push(part);
    length += part.length;
    // Offsets in TIFF are even.
    if (length % 2 === 1) {
      parts.push(Buffer.alloc(1));
      length++;
    }
    return at;
  };
  const list = (values: readonly number[]): number => (values.length === 1 ? values[0] : append(littleEndian(values, 4)));
  const offsets = tiles.map(append);
  // Tiles have edges of multiples of 16; other sizes are laid out as strips.
  const tiled = width % 16 === 0 && height % 16 === 0;
  const entries: Entry[] = [
    [tag.width, long, 1, width],
    [tag.height, long, 1, height * tiles.length],
    [tag.bitsPerSample, short, components, components === 1 ? 8 : append(littleEndian([8, 8, 8], 2))],
    [tag.compression, short, 1, 7],
    [tag.photometric, short, 1, components === 1 ? 1 : rgb ? 2 : 6],
    [tiled ? tag.tileOffsets : tag.stripOffsets, long, tiles.length, list(offsets)],
    [tag.samples, short, 1, components],
    [tiled ? tag.tileByteCounts : tag.stripByteCounts, long, tiles.length, list(tiles.map((tile) => tile.length))],
    ...((tiled ? [[tag.tileWidth, long, 1, width], [tag.tileHeight, long, 1, height]] : [[tag.rowsPerStrip, long, 1, height]]) satisfies Entry[]),
    ...((tables ? [[tag.jpegTables, bytes, tables.length, append(tables)]] : []) satisfies Entry[]),
    ...((components === 3 && !rgb ? [[tag.subsampling, short, 2, subsampling[0] | (subsampling[1] << 16)]] : []) satisfies Entry[]),
  ];
  entries.sort(([a], [b]) => a - b);
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length);
  for (const [i, [number, type, count, value]] of entries.entries()) {
    directory.writeUInt16LE(number, 2 + 12 * i);
    directory.writeUInt16LE(type, 4 + 12 * i);
    directory.writeUInt32LE(count, 6 + 12 * i);
    directory.writeUInt32LE(value, 10 + 12 * i);
  }
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(append(directory), 4);
  return Buffer.concat([header, ...parts]);
}

function littleEndian(values: readonly number[], size: 2 | 4): Buffer {
  const buffer = Buffer.alloc(values.length * size);
  values.forEach((value, i) => buffer.writeUIntLE(value, i * size, size));
  return buffer;
}

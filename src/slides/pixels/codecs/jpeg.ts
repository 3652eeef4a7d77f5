import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { sharpOptions } from '../sharp-options.js';
import type { TileCodec } from './codec.js';
import { parseJpeg, spliceJpegs, type JpegTile } from './jpeg-stream.js';

/** Tiles in one call: enough that its own cost is spread, few enough that every core finds work. */
const fewestSpliced = 4;
const mostSpliced = 32;
/** A JPEG is no higher. */
const mostRows = 65_500;

interface Waiting {
  readonly tile: JpegTile;
  readonly codec: TileCodec;
  readonly resolve: (pixels: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

const waiting: Waiting[] = [];
let running = 0;

/**
 * JPEG tiles through sharp (libjpeg-turbo). A call to it costs as much as a tile, so tiles of the same
 * tables, whoever asked for them, are joined into one tall JPEG where that gives the same pixels, and cut apart
 * again for free. As many calls as there are cores run at a time; what comes meanwhile waits and is joined.
 */
export async function decodeJpeg(codec: TileCodec, tiles: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const parsed = tiles.map((tile) => parseJpeg(tile, codec));
  const decoded = Promise.all(parsed.map((tile) => new Promise<Uint8Array>((resolve, reject) => waiting.push({ tile, codec, resolve, reject }))));
  decodeWaiting();
  return decoded;
}

function decodeWaiting(): void {
  const cores = availableParallelism();
  while (running < cores && waiting.length > 0) {
    const group = takeGroup(Math.min(mostSpliced, Math.max(fewestSpliced, Math.ceil(waiting.length / (cores - running)))));
    running++;
    void decodeGroup(group).finally(() => {
      running--;
      decodeWaiting();
    });
  }
}

/** The first that wait and can be decoded as one. */
function takeGroup(most: number): Waiting[] {
  const [{ tile: first, codec }] = waiting;
  let count = 1;
  const joins = ({ tile, codec: other }: Waiting): boolean => first.joinable && tile.joinable && other.width === codec.width && (count + 1) * first.height <= mostRows && tile.header.equals(first.header);
  while (count < Math.min(most, waiting.length) && joins(waiting[count])) count++;
  return waiting.splice(0, count);
}

/** Settles all that wait in the group. */
async function decodeGroup(group: readonly Waiting[]): Promise<void> {
  try {
    const tiles = await decodeJoined(group[0].codec, group.map(({ tile }) => tile));
    group.forEach(({ resolve }, i) => resolve(tiles[i]));
  } catch (error) {
    // One damaged tile must not take its neighbours along.
    if (group.length > 1) await Promise.all(group.map((one) => decodeGroup([one])));
    else group[0].reject(error);
  }
}

async function decodeJoined(codec: TileCodec, tiles: readonly JpegTile[]): Promise<Uint8Array[]> {
  const [{ width, height }] = tiles;
  // Whole coding units beyond the tile's edge are fine; more is damage that could take any memory.
  if (width < codec.width || width > codec.width + 15 || height < 1 || height > codec.height + 15) throw new Error(`a tile holds ${width} × ${height} pixels instead of ${codec.width} × ${codec.height}`);
  const { data, info } = await sharp(spliceJpegs(tiles), { ...sharpOptions, sequentialRead: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`a tile decodes to ${info.channels} channels instead of 3`);
  const size = width * height * 3;
  const decoded = tiles.map((_, i) => data.subarray(i * size, (i + 1) * size));
  return width === codec.width ? decoded : decoded.map((tile) => narrowed(tile, width, codec.width));
}

/** Drops columns beyond the tile. */
function narrowed(tile: Uint8Array, from: number, to: number): Uint8Array {
  const rows = tile.length / 3 / from;
  const result = new Uint8Array(rows * to * 3);
  for (let y = 0; y < rows; y++) result.set(tile.subarray(y * from * 3, (y * from + to) * 3), y * to * 3);
  return result;
}

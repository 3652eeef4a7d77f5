import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { sharpOptions } from '../sharp-options.js';
import type { TileCodec } from './codec.js';
import { wrapJpegs } from './jpeg-envelope.js';
import { readJpegFrame, type JpegFrame } from './jpeg-frame.js';

/** Tiles in one call: enough that its own cost is spread, few enough that every core finds work. */
const fewestTogether = 4;
const mostTogether = 32;

const endOfImage = Buffer.of(0xff, 0xd9);

interface Waiting {
  readonly tile: Uint8Array;
  readonly frame: JpegFrame;
  readonly codec: TileCodec;
  readonly resolve: (pixels: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

const waiting: Waiting[] = [];
let running = 0;

/**
 * JPEG tiles through sharp (libjpeg-turbo). A call to it costs as much as a tile, so tiles, whoever asked for
 * them, are put together as one TIFF in memory, whose tiles it decodes one by one: the same pixels, in a fraction of
 * the time. As many calls as there are cores run at a time; what comes meanwhile waits and is put together.
 */
export async function decodeJpeg(codec: TileCodec, tiles: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const frames = tiles.map((tile) => checkedFrame(codec, tile));
  const decoded = Promise.all(tiles.map((tile, i) => new Promise<Uint8Array>((resolve, reject) => waiting.push({ tile, frame: frames[i], codec, resolve, reject }))));
  decodeWaiting();
  return decoded;
}

function checkedFrame(codec: TileCodec, tile: Uint8Array): JpegFrame {
  const frame = readJpegFrame(tile);
  const { width, height } = frame;
  // Whole coding units beyond the tile's edge are fine; more is damage that could take any memory.
  if (width < codec.width || width > codec.width + 15 || height < 1 || height > codec.height + 15) throw new Error(`a tile holds ${width} × ${height} pixels instead of ${codec.width} × ${codec.height}`);
  // libjpeg would fill the rest of a tile that was cut short with grey, unheard. Padding may follow the end.
  if (!Buffer.from(tile.buffer, tile.byteOffset + tile.byteLength - Math.min(tile.byteLength, 64), Math.min(tile.byteLength, 64)).includes(endOfImage)) throw new Error('a tile is cut short');
  return frame;
}

function decodeWaiting(): void {
  const cores = availableParallelism();
  while (running < cores && waiting.length > 0) {
    const group = takeGroup(Math.min(mostTogether, Math.max(fewestTogether, Math.ceil(waiting.length / (cores - running)))));
    running++;
    void decodeGroup(group).finally(() => {
      running--;
      decodeWaiting();
    });
  }
}

/** The first that wait and are alike. */
function takeGroup(most: number): Waiting[] {
  const [first] = waiting;
  let count = 1;
  while (count < Math.min(most, waiting.length) && alike(first, waiting[count])) count++;
  return waiting.splice(0, count);
}

function alike(a: Waiting, b: Waiting): boolean {
  const same = (key: keyof JpegFrame): boolean => String(a.frame[key]) === String(b.frame[key]);
  return a.codec.width === b.codec.width && a.codec.colour === b.codec.colour && a.codec.tables === b.codec.tables && same('width') && same('height') && same('components') && same('subsampling');
}

/** Settles all that wait in the group. */
async function decodeGroup(group: readonly Waiting[]): Promise<void> {
  try {
    const tiles = await decodeTogether(group);
    group.forEach(({ resolve }, i) => resolve(tiles[i]));
  } catch (error) {
    // One damaged tile must not take its neighbours along.
    if (group.length > 1) await Promise.all(group.map((one) => decodeGroup([one])));
    else group[0].reject(error);
  }
}

async function decodeTogether(group: readonly Waiting[]): Promise<Uint8Array[]> {
  const [{ codec, frame }] = group;
  const envelope = wrapJpegs(group.map(({ tile }) => tile), { ...frame, rgb: codec.colour === 'rgb', tables: codec.tables });
  const { data, info } = await sharp(envelope, sharpOptions).toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`a tile decodes to ${info.channels} channels instead of 3`);
  const size = frame.width * frame.height * 3;
  const tiles = group.map((_, i) => data.subarray(i * size, (i + 1) * size));
  return frame.width === codec.width ? tiles : tiles.map((tile) => narrowed(tile, frame.width, codec.width));
}

/** Drops columns beyond the tile. */
function narrowed(tile: Uint8Array, from: number, to: number): Uint8Array {
  const rows = tile.length / 3 / from;
  const result = new Uint8Array(rows * to * 3);
  for (let y = 0; y < rows; y++) result.set(tile.subarray(y * from * 3, (y * from + to) * 3), y * to * 3);
  return result;
}

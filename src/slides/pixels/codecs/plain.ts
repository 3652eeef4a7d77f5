import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { TileCodec } from './codec.js';
import { greyToRgb } from './grey.js';
import { decodeLzw } from './lzw.js';

const inflateAsync = promisify(inflate);

/** Tiles that hold 8-bit samples, packed without loss or not at all. */
export async function decodePlain(codec: TileCodec, tile: Uint8Array): Promise<Uint8Array> {
  const samples = codec.colour === 'rgb' ? 3 : 1;
  const row = codec.width * samples;
  const unpacked = await unpack(codec, tile, row * codec.height);
  const rows = Math.min(codec.height, Math.floor(unpacked.length / row));
  if (rows === 0) throw new Error('a tile is cut short');
  const values = unpacked.subarray(0, rows * row);
  if (codec.predictor === 2) sumRows(values, row, samples);
  return samples === 3 ? values : greyToRgb(values, codec.colour === 'inverted-grey');
}

/** @returns bytes of our own. */
async function unpack({ kind }: TileCodec, tile: Uint8Array, length: number): Promise<Uint8Array> {
  if (kind === 'lzw') return decodeLzw(tile, length);
  // More than a tile holds would be damage, or an attack on memory.
  if (kind === 'deflate') return inflateAsync(tile, { maxOutputLength: length + 65536 });
  return tile.slice(0, length);
}

function sumRows(values: Uint8Array, row: number, samples: number): void {
  for (let start = 0; start < values.length; start += row) {
    for (let i = start + samples; i < start + row; i++) values[i] += values[i - samples];
  }
}

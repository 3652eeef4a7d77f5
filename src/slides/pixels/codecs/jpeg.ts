import sharp from 'sharp';
import { sharpOptions } from '../sharp-options.js';
import type { TileCodec } from './codec.js';
import { parseJpeg, spliceJpegs, type JpegTile } from './jpeg-stream.js';

/** Tiles in one call: its cost is spread, and all cores still find work. */
const mostSpliced = 32;
/** A JPEG is no higher. */
const mostRows = 65_500;

/**
 * JPEG tiles through sharp (libjpeg-turbo). A call to it costs as much as a tile, so tiles of the same
 * tables are joined into one tall JPEG where that gives the same pixels, and cut apart again for free.
 */
export async function decodeJpeg(codec: TileCodec, tiles: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const parsed = tiles.map((tile) => parseJpeg(tile, codec));
  const decoded = await Promise.all(groupsOf(parsed).map((group) => decodeGroup(codec, group)));
  return decoded.flat();
}

/** Neighbours that can be decoded as one. */
function groupsOf(tiles: readonly JpegTile[]): JpegTile[][] {
  const groups: JpegTile[][] = [];
  for (const tile of tiles) {
    const last = groups.at(-1);
    const joins = last !== undefined && tile.joinable && last[0].joinable && last.length < mostSpliced && (last.length + 1) * tile.height <= mostRows && tile.header.equals(last[0].header);
    if (joins) last.push(tile);
    else groups.push([tile]);
  }
  return groups;
}

async function decodeGroup(codec: TileCodec, group: readonly JpegTile[]): Promise<Uint8Array[]> {
  const [{ width, height }] = group;
  // Whole coding units beyond the tile's edge are fine; more is damage that could take any memory.
  if (width < codec.width || width > codec.width + 15 || height < 1 || height > codec.height + 15) throw new Error(`a tile holds ${width} × ${height} pixels instead of ${codec.width} × ${codec.height}`);
  const { data, info } = await sharp(spliceJpegs(group), { ...sharpOptions, sequentialRead: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`a tile decodes to ${info.channels} channels instead of 3`);
  const size = width * height * 3;
  const tiles = group.map((_, i) => data.subarray(i * size, (i + 1) * size));
  return width === codec.width ? tiles : tiles.map((tile) => narrowed(tile, width, codec.width));
}

/** Drops columns beyond the tile. */
function narrowed(tile: Uint8Array, from: number, to: number): Uint8Array {
  const rows = tile.length / 3 / from;
  const result = new Uint8Array(rows * to * 3);
  for (let y = 0; y < rows; y++) result.set(tile.subarray(y * from * 3, (y * from + to) * 3), y * to * 3);
  return result;
}

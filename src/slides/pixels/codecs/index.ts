import type { TileCodec } from './codec.js';
import { decodeJpeg } from './jpeg.js';
import { decodeJpeg2000 } from './jpeg2000/index.js';
import { decodePlain } from './plain.js';

/**
 * Decodes tiles, many at a time and on every core.
 * @returns RGB, row-major, `codec.width` pixels a row; at most `codec.height` rows.
 * @throws Error with a short reason where a tile is damaged.
 */
export function decodeTiles(codec: TileCodec, tiles: readonly Uint8Array[]): Promise<Uint8Array[]> {
  if (codec.kind === 'jpeg') return decodeJpeg(codec, tiles);
  if (codec.kind === 'jpeg2000') return decodeJpeg2000(codec, tiles);
  return Promise.all(tiles.map((tile) => decodePlain(codec, tile)));
}

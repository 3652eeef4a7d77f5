import type { TiffImage } from '../formats/structure.js';
import type { TileCodec } from '../pixels/codecs/codec.js';
import { tag } from './tags.js';
import type { TiledLevel } from './tile-reader.js';

/** What Aperio and libvips number as JPEG 2000: YCbCr, lossy and lossless, RGB. */
const jpeg2000 = new Set([33003, 33004, 33005, 34712]);
const names: Readonly<Record<number, string>> = { 1: 'none', 5: 'LZW', 6: 'old JPEG', 7: 'JPEG', 8: 'Deflate', 32773: 'PackBits', 32946: 'Deflate', 34887: 'LERC', 50000: 'Zstandard', 50001: 'WebP' };
const kinds: Readonly<Record<number, TileCodec['kind']>> = { 1: 'none', 5: 'lzw', 7: 'jpeg', 8: 'deflate', 32946: 'deflate' };
const colours = ['inverted-grey', 'grey', 'rgb'] as const;

/** A tile of ours is decoded whole: larger ones, strips of an image in one piece above all, are left to libvips. */
const largestTile = 64 * 2 ** 20;

/** The name of a TIFF compression, for people. */
export function compressionName(compression: number): string {
  return jpeg2000.has(compression) ? 'JPEG 2000' : (names[compression] ?? `number ${compression}`);
}

/** How to read an image tile by tile; undefined where we do not, and libvips is to try. */
export async function tiledLevel(image: TiffImage): Promise<TiledLevel | undefined> {
  const { directory, width, height, tiled } = image;
  const kind = jpeg2000.has(image.compression) ? 'jpeg2000' : kinds[image.compression];
  const colour = await colourOf(image, kind);
  if (kind === undefined || colour === undefined || !(await plainSamples(image))) return undefined;
  const predictor = kind === 'lzw' || kind === 'deflate' ? await directory.number(tag.predictor, 1) : 1;
  if (predictor !== 1 && predictor !== 2) return undefined;
  const tileWidth = tiled ? await directory.number(tag.tileWidth, 0) : width;
  const tileHeight = tiled ? await directory.number(tag.tileHeight, 0) : Math.min(height, await directory.number(tag.rowsPerStrip, height));
  if (!(Number.isInteger(tileWidth) && Number.isInteger(tileHeight) && tileWidth >= 1 && tileHeight >= 1 && tileWidth * tileHeight * 3 <= largestTile)) return undefined;
  const tables = kind === 'jpeg' && directory.has(tag.jpegTables) ? { tables: await directory.bytes(tag.jpegTables) } : {};
  return { directory, columns: Math.ceil(width / tileWidth), rows: Math.ceil(height / tileHeight), codec: { kind, width: tileWidth, height: tileHeight, colour, predictor, ...tables } };
}

/** 8 bits, unsigned, the channels of a pixel side by side. */
async function plainSamples({ directory, samples }: TiffImage): Promise<boolean> {
  const bits = await directory.numbers(tag.bitsPerSample);
  return bits.length > 0 && bits.every((value) => value === 8) && (samples === 1 || (await directory.number(tag.planarConfiguration, 1)) === 1) && (await directory.number(tag.sampleFormat, 1)) === 1;
}

async function colourOf({ directory, samples, compression }: TiffImage, kind: TileCodec['kind'] | undefined): Promise<TileCodec['colour'] | undefined> {
  const photometric = await directory.number(tag.photometric, -1);
  if (samples === 1) return photometric < 2 && photometric >= 0 ? colours[photometric] : undefined;
  if (samples !== 3) return undefined;
  // Aperio's numbers say the colours of JPEG 2000 themselves.
  if (kind === 'jpeg2000') return compression === 33003 || (compression !== 33005 && photometric === 6) ? 'ycbcr' : 'rgb';
  if (photometric === 6) return kind === 'jpeg' ? 'ycbcr' : undefined;
  return photometric === 2 ? 'rgb' : undefined;
}

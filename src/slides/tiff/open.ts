import { HardmineError, messageOf } from '../../shared/errors.js';
import type { Slide } from '../contract.js';
import { describeTiffSlide } from '../formats/tiff-family.js';
import { readTiffStructure, type TiffImage } from '../formats/structure.js';
import { openslideRemedy } from '../openslide/library.js';
import { jpeg2000Decoder } from '../pixels/codecs/jpeg2000/index.js';
import { SharpPixels } from '../pixels/sharp.js';
import type { PixelSource } from '../pixels/source.js';
import { TilePixels } from '../pixels/tiles.js';
import { PyramidSlide } from '../pyramid.js';
import { compressionName, tiledLevel } from './codec-of.js';
import { RandomAccessFile } from './file.js';
import { restartLevel, RestartTiles } from './restart-tiles.js';
import { TiffTiles } from './tile-reader.js';

/**
 * Opens a slide in a TIFF or BigTIFF file.
 * @throws HardmineError `slide-unreadable` (damaged), `slide-format` (holds no RGB slide, or one we cannot decode).
 */
export async function openTiffSlide(path: string): Promise<Slide> {
  const file = new RandomAccessFile(path);
  try {
    const images = await readTiffStructure(file).catch((cause: unknown) => {
      throw new HardmineError('slide-unreadable', `The TIFF directory is damaged (${messageOf(cause)}).`, { place: { file: path }, remedy: 'Copy the slide again.', cause });
    });
    const { levels, associated, ...facts } = await describeTiffSlide(path, images);
    const [base] = levels;
    const odd = levels.find((level) => !sameShape(base, level));
    if (odd) throw new HardmineError('slide-unreadable', `The TIFF directory is damaged (a level of ${odd.width} × ${odd.height} px in a slide of ${base.width} × ${base.height}).`, { place: { file: path }, remedy: 'Copy the slide again.' });
    const compression = compressionName(base.compression);
    const decoder = compression === 'JPEG 2000' ? await jpeg2000Decoder() : undefined;
    const description = { path, ...facts, levels, compression, decoder, icc: base.icc, associated: [...associated.keys()] };
    return new PyramidSlide(description, await (facts.format === 'hamamatsu-ndpi' ? restartPixels(file, levels) : pixelsOf(file, levels)));
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Scanners round the sides of a level, some up to whole tiles; a wild side would be read as billions of tiles. */
function sameShape(base: TiffImage, level: TiffImage): boolean {
  const [across, down] = [base.width / level.width, base.height / level.height];
  return across >= 0.99 && down >= 0.99 && level.height <= (2 * base.height) / across + 1 && level.width <= (2 * base.width) / down + 1;
}

/** Levels of which each is one JPEG. */
async function restartPixels(file: RandomAccessFile, levels: readonly TiffImage[]): Promise<PixelSource> {
  const place = { file: file.path };
  const readable = await Promise.all(levels.map((level) => restartLevel(file, level))).catch((cause: unknown) => {
    throw new HardmineError('slide-unreadable', `A level of this slide cannot be read (${messageOf(cause)}).`, { place, remedy: 'Copy the slide again.', cause });
  });
  const whole = readable.findIndex((level) => level === undefined);
  if (whole < 0) return new TilePixels(file.path, new RestartTiles(file, readable.filter((level) => level !== undefined)));
  const { width, height } = levels[whole];
  throw new HardmineError('slide-format', `A level of ${width} × ${height} px is one JPEG in this slide, without places to restart in it: it cannot be read in parts.`, { place, remedy: `${openslideRemedy} It finds the places by itself.` });
}

async function pixelsOf(file: RandomAccessFile, levels: readonly TiffImage[]): Promise<PixelSource> {
  const tiled = await Promise.all(levels.map(tiledLevel));
  if (tiled.every((level) => level !== undefined)) return new TilePixels(file.path, new TiffTiles(file, tiled));
  const other = levels.find((level, i) => tiled[i] === undefined && compressionName(level.compression) === 'JPEG 2000');
  if (other) throw new HardmineError('slide-format', `This slide holds JPEG 2000 of another kind than 8-bit RGB or grey in tiles (TIFF compression ${other.compression}).`, { place: { file: file.path }, remedy: 'Install OpenSlide, or convert the slide, e.g. with `vips tiffsave`.' });
  await file.close();
  return new SharpPixels(file.path, levels, true);
}

import sharp from 'sharp';
import { messageOf } from '../shared/errors.js';
import { readDicomAssociated } from './formats/dicom.js';
import { readAssociatedThroughOpenSlide } from './formats/openslide.js';
import { readTiffStructure, type TiffImage } from './formats/structure.js';
import { describeTiffSlide } from './formats/tiff-family.js';
import { openSlide } from './open.js';
import { undecodable } from './pixels/damage.js';
import { tiffOptions } from './pixels/sharp-options.js';
import { TilePixels, type TileReader } from './pixels/tiles.js';
import { compressionName, tiledLevel } from './tiff/codec-of.js';
import { RandomAccessFile } from './tiff/file.js';
import { restartLevel, RestartTiles } from './tiff/restart-tiles.js';
import { tag } from './tiff/tags.js';
import { TiffTiles } from './tiff/tile-reader.js';

/** Pixels of the largest that is decoded; no camera of a scanner takes more. */
const mostPixels = 2 ** 25;

/** A small image a slide file carries beside its levels: RGB, row-major. */
export interface AssociatedImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes the image of that name in `Slide.associated`. Label and macro images may show a patient's name: nothing in
 * the house calls this but a person's explicit request.
 * @returns undefined where the file carries none of that name. @throws HardmineError as {@link openSlide} does.
 */
export async function readAssociated(path: string, name: string): Promise<AssociatedImage | undefined> {
  const slide = await openSlide(path);
  await slide.close();
  if (slide.format === 'dicom') return readDicomAssociated(path, name);
  if (slide.format.startsWith('openslide')) return readAssociatedThroughOpenSlide(path, name);
  const file = new RandomAccessFile(path);
  try {
    const image = (await describeTiffSlide(path, await readTiffStructure(file))).associated.get(name);
    if (image === undefined) return undefined;
    if (image.width * image.height > mostPixels) throw undecodable(path, `its ${name} image of ${image.width} × ${image.height} px`);
    const tiles = await tilesOf(file, image);
    return await (tiles ? readTiles(file.path, tiles, image) : readWithSharp(path, image));
  } finally {
    await file.close();
  }
}

/** A reader of what libvips does not decode: JPEG 2000, and NDPI, whose places it cannot find beyond 4 GB. */
async function tilesOf(file: RandomAccessFile, image: TiffImage): Promise<TileReader | undefined> {
  const compression = compressionName(image.compression);
  if (compression === 'JPEG' && image.directory.has(tag.ndpi)) {
    const level = await restartLevel(file, image).catch((cause: unknown) => Promise.reject(undecodable(file.path, messageOf(cause), cause)));
    if (level === undefined) throw undecodable(file.path, 'it is one JPEG without places to restart');
    return new RestartTiles(file, [level]);
  }
  if (compression !== 'JPEG 2000') return undefined;
  const level = await tiledLevel(image);
  if (level === undefined) throw undecodable(file.path, 'its JPEG 2000 is not 8-bit RGB or grey');
  return new TiffTiles(file, [level]);
}

async function readTiles(path: string, tiles: TileReader, { width, height }: TiffImage): Promise<AssociatedImage> {
  const pixels = new TilePixels(path, tiles);
  try {
    return { pixels: await pixels.read(0, { left: 0, top: 0, width, height }), width, height };
  } finally {
    await pixels.close();
  }
}

async function readWithSharp(path: string, image: TiffImage): Promise<AssociatedImage> {
  const { data, info } = await sharp(path, { ...tiffOptions, page: image.page, subifd: image.subifd })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw undecodable(path, messageOf(cause).trim(), cause);
    });
  return { pixels: data, width: info.width, height: info.height };
}

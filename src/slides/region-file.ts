import sharp from 'sharp';
import { HardmineError } from '../shared/errors.js';
import { replaceFile } from '../shared/files.js';
import { openSlide } from './open.js';
import { resolveMpp } from './resolution.js';

/** What to read: a place in level-0 pixels, a size in pixels of the picture, and its resolution: a level's, or µm/px. */
export interface RegionRequest {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly resolution: { readonly level: number } | { readonly mpp: number; readonly slideMpp?: number };
}

/** 800 MB of RGB. */
const mostPixels = 2 ** 28;

/**
 * Writes a region of a slide as PNG.
 * @throws HardmineError as {@link openSlide}, {@link resolveMpp} and {@link replaceFile} do, and `usage` for a level there is not or a picture too large.
 */
export async function saveRegion(path: string, { x, y, width, height, resolution }: RegionRequest, out: string): Promise<void> {
  if (width * height > mostPixels) throw new HardmineError('usage', `A picture of ${width} × ${height} pixels is larger than is read at once (${mostPixels} pixels).`, { remedy: 'Read it in parts, or at a coarser --mpp or --level.' });
  const slide = await openSlide(path);
  try {
    const scale = 'level' in resolution ? slide.levels[resolution.level]?.downsample : resolution.mpp / resolveMpp(slide, resolution.slideMpp);
    if (scale === undefined) throw new HardmineError('usage', `This slide has levels 0 to ${slide.levels.length - 1}.`, { place: { file: path } });
    const pixels = await slide.read({ x, y, width: width * scale, height: height * scale }, { width, height });
    const png = await sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: false }).png().toBuffer();
    replaceFile(out, png);
  } finally {
    await slide.close();
  }
}

import { HardmineError } from '../../shared/errors.js';
import { tag } from '../tiff/tags.js';
import type { TiffImage } from './structure.js';
import type { TiffSlide } from './tiff-family.js';

/** What the lens of an image that is no level says. */
const associatedLens: Readonly<Record<number, string>> = { [-1]: 'macro', [-2]: 'map' };

/** Hamamatsu marks every image of its files. */
export function isNdpi(images: readonly TiffImage[]): boolean {
  return images[0].directory.has(tag.ndpi);
}

/**
 * Hamamatsu NDPI: one JPEG a level, largest first; macro image and map of the tissue among them. Of several focal
 * planes the middle one is read, the others are named among the associated images.
 * @throws HardmineError `slide-format` where no level lies in the middle plane.
 */
export async function describeNdpi(path: string, images: readonly TiffImage[]): Promise<TiffSlide> {
  const levels: TiffImage[] = [];
  const associated = new Map<string, TiffImage>();
  let power = 0;
  for (const image of images) {
    const [lens, plane] = [await image.directory.number(tag.sourceLens, 0), await image.directory.number(tag.focalPlane, 0)];
    const name = plane !== 0 ? `focal plane ${plane}` : (associatedLens[lens] ?? `page ${image.page}`);
    if (lens > 0 && plane === 0 && image.width < (levels.at(-1)?.width ?? Infinity)) levels.push(image);
    else if (!associated.has(name)) associated.set(name, image);
    if (levels.length === 1 && image === levels[0]) power = lens;
  }
  if (levels.length === 0) throw new HardmineError('slide-format', 'This NDPI file holds no level of the middle focal plane.', { place: { file: path }, remedy: 'Export the plane in focus as a slide of its own, e.g. with NDP.view.' });
  return { format: 'hamamatsu-ndpi', vendor: 'Hamamatsu', levels, mpp: levels[0].mpp, objectivePower: power, associated };
}

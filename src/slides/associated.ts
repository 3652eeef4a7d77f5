import sharp from 'sharp';
import { associatedPages, isAperio } from './formats/aperio.js';
import { readTiffStructure } from './formats/structure.js';
import { sharpOptions } from './pixels/sharp.js';

/** A small image a slide file carries beside its levels: RGB, row-major. */
export interface AssociatedImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes the image of that name in `Slide.associated`. Label and macro images may show a patient's name: nothing in
 * the house calls this but a person's explicit request.
 * @returns undefined where the file carries none of that name.
 */
export async function readAssociated(path: string, name: string): Promise<AssociatedImage | undefined> {
  const images = await readTiffStructure(path);
  const page = isAperio(images) ? associatedPages(images).get(name) : images.find((image) => image.subifd < 0 && `page ${image.page}` === name)?.page;
  if (page === undefined) return undefined;
  const { data, info } = await sharp(path, { ...sharpOptions, page }).flatten({ background: '#ffffff' }).toColourspace('srgb').removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

import sharp from 'sharp';
import { HardmineError, messageOf } from '../../shared/errors.js';
import { sharpOptions } from '../pixels/sharp-options.js';
import type { Raster } from './raster.js';

/** A mask of another shape than its slide by more than this, and more than rounding its edges explains, belongs to another slide. */
const distortion = 0.01;
/** An image of this many pixels is read whole. */
const mostPixels = 2 ** 24;
const remedy = 'Give a PNG or TIFF image of the whole slide at any resolution: black where no tissue is, anything else where there is.';

/**
 * Clears a mask wherever a person's own image, stretched over level 0, is black; in place, by the centres of its pixels.
 * @throws HardmineError `annotations-invalid` where it is no image or has another shape than the slide, `file-missing`.
 */
export async function heedMask(mask: Raster, file: string): Promise<void> {
  const given = await maskSize(file);
  const [wide, high] = [mask.width * mask.scaleX, mask.height * mask.scaleY];
  const off = Math.abs((given.width * high) / (given.height * wide) - 1);
  if (off > distortion + 1 / Math.min(given.width, given.height)) {
    throw invalid(file, `This mask (${given.width} × ${given.height} px) has another shape than its slide (${Math.round(wide)} × ${Math.round(high)} px)`, 'Export it of the whole slide, not of a part of it, and check that it is the mask of this slide.');
  }
  // Larger ones are thinned out while they are read; the centres are then met within half a pixel of the mask.
  const image = given.width * given.height > mostPixels ? sharp(file, sharpOptions).resize(mask.width, mask.height, { fit: 'fill', kernel: 'nearest' }) : sharp(file, sharpOptions);
  const { data, info } = await image.removeAlpha().toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true }).catch(unreadable(file));
  const values = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  for (let i = 0; i < mask.data.length; i++) {
    const column = Math.floor((((i % mask.width) + 0.5) * info.width) / mask.width);
    const row = Math.floor(((Math.floor(i / mask.width) + 0.5) * info.height) / mask.height);
    const at = (row * info.width + column) * info.channels;
    if (values.subarray(at, at + info.channels).every((value) => value === 0)) mask.data[i] = 0;
  }
}

/** Edges of such an image, pixels. @throws HardmineError `annotations-invalid`. */
export async function maskSize(file: string): Promise<{ readonly width: number; readonly height: number }> {
  const { width, height, depth } = await sharp(file, sharpOptions).metadata().catch(unreadable(file));
  // What is between 0 and 1 would be taken for black.
  if (depth !== 'uchar' && depth !== 'ushort') throw invalid(file, `This mask holds numbers of type ${depth}`, 'Save it with 8 or 16 bits a pixel.');
  return { width, height };
}

function unreadable(file: string): (error: unknown) => never {
  return (error) => {
    throw invalid(file, `This mask cannot be read: ${messageOf(error)}`, remedy);
  };
}

function invalid(file: string, message: string, advice: string): HardmineError {
  return new HardmineError('annotations-invalid', `${message}.`, { place: { file }, remedy: advice });
}

import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { HardmineError, messageOf } from '../shared/errors.js';
import type { Slide } from './contract.js';
import { isAperio, openAperio } from './formats/aperio.js';
import { openImage } from './formats/image.js';
import { readTiffStructure, type TiffImage } from './formats/structure.js';
import { openTiff } from './formats/tiff.js';
import { sharpOptions } from './pixels/sharp.js';

const formats = 'PNG, JPEG, WebP, TIFF (pyramids included) or Aperio SVS with JPEG compression';
const jpeg2000 = new Set([33003, 33004, 33005, 34712]);

/**
 * Opens a slide; the format is recognised by content, never by name.
 * @throws HardmineError `slide-missing`, `slide-unreadable` (damaged), `slide-format` (not one we read, with what to do).
 */
export async function openSlide(path: string): Promise<Slide> {
  const place = { file: path };
  const found = await stat(path).catch((cause: unknown) => {
    throw new HardmineError('slide-missing', 'This slide cannot be found.', { place, remedy: 'Check the path column of the cohort table and the `slides` folder.', cause });
  });
  if (!found.isFile()) throw new HardmineError('slide-format', 'This is a folder, not a slide.', { place, remedy: `Name a file: ${formats}.` });
  if (found.size === 0) throw new HardmineError('slide-unreadable', 'This file is empty.', { place, remedy: 'Copy the slide again.' });
  const metadata = await sharp(path, sharpOptions).metadata().catch((cause: unknown) => {
    throw new HardmineError('slide-unreadable', `This file cannot be read as a slide (${messageOf(cause).trim()}).`, { place, remedy: `Readable are ${formats}. If it is one, it is damaged: copy it again.`, cause });
  });
  if (metadata.format !== 'tiff') return openImage(path, metadata);
  const images = await readTiffStructure(path).catch((cause: unknown) => {
    throw new HardmineError('slide-unreadable', `The TIFF directory is damaged (${messageOf(cause)}).`, { place, remedy: 'Copy the slide again.', cause });
  });
  refuseJpeg2000(path, images);
  return isAperio(images) ? openAperio(path, images) : openTiff(path, images);
}

function refuseJpeg2000(path: string, images: readonly TiffImage[]): void {
  const image = images.find(({ compression }) => jpeg2000.has(compression));
  if (!image) return;
  throw new HardmineError('slide-format', `This slide is compressed with JPEG 2000 (TIFF compression ${image.compression}), which cannot be decoded here.`, {
    place: { file: path },
    remedy: 'Convert it once, e.g. `vips tiffsave in.svs out.tif --tile --pyramid --compression jpeg --Q 90` with a libvips built with OpenSlide.',
  });
}

import { open, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { HardmineError, messageOf } from '../shared/errors.js';
import { fileError } from '../shared/files.js';
import type { Slide } from './contract.js';
import { dicomStart, isDicom } from './dicom/header.js';
import { openDicom } from './formats/dicom.js';
import { openImage } from './formats/image.js';
import { openOrThroughOpenSlide } from './formats/openslide.js';
import { sharpOptions } from './pixels/sharp-options.js';
import { openTiffSlide } from './tiff/open.js';

const formats = 'PNG, JPEG, WebP, TIFF (pyramids included), OME-TIFF, brightfield QPTIFF, Aperio SVS, Hamamatsu NDPI or DICOM';

/**
 * Opens a slide; the format is recognised by content, never by name.
 * @throws HardmineError `slide-missing`, `slide-unreadable` (damaged), `slide-format` (not one we read, with what to do).
 */
export async function openSlide(path: string): Promise<Slide> {
  const place = { file: path };
  const found = await stat(path).catch((cause: unknown) => {
    throw new HardmineError('slide-missing', 'This slide cannot be found.', { place, remedy: 'Check the path column of the cohort table and the `slides` folder.', cause });
  });
  if (found.isDirectory()) return openDicom(path, true);
  if (!found.isFile()) throw new HardmineError('slide-format', 'This is no file.', { place, remedy: `Name a file: ${formats}.` });
  if (found.size === 0) throw new HardmineError('slide-unreadable', 'This file is empty.', { place, remedy: 'Copy the slide again.' });
  return openOrThroughOpenSlide(path, () => openOwn(path));
}

async function openOwn(path: string): Promise<Slide> {
  const place = { file: path };
  const start = await startOf(path);
  if (isTiff(start)) return openTiffSlide(path);
  if (isDicom(start)) return openDicom(path, false);
  const metadata = await sharp(path, sharpOptions).metadata().catch((cause: unknown) => {
    throw new HardmineError('slide-unreadable', `This file cannot be read as a slide (${messageOf(cause).trim()}).`, { place, remedy: `Readable are ${formats}. If it is one, it is damaged: copy it again.`, cause });
  });
  return openImage(path, metadata);
}

/** By its first four bytes: TIFF or BigTIFF, of either byte order. */
function isTiff(start: Buffer): boolean {
  return ['49492a00', '4d4d002a', '49492b00', '4d4d002b'].includes(start.toString('hex', 0, 4));
}

/** The first bytes of a file, which tell what it is. */
async function startOf(path: string): Promise<Buffer> {
  const file = await open(path).catch((cause: unknown) => {
    throw fileError(cause, path);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(dicomStart), 0, dicomStart, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

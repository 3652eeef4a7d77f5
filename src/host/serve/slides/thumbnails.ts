import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../../../shared/files.js';
import type { Slide } from '../../../slides/contract.js';
import { encodeJpeg } from './jpeg.js';

/** Longer edge of a thumbnail, pixels. */
const edge = 320;

/**
 * The file of a slide's thumbnail in `folder`, drawn by `open` and `read` only where it is not there yet. Its name
 * tells path, size and time of the slide, so that a replaced slide gets a new one.
 */
export async function thumbnailFile(file: string, folder: string, use: <Result>(work: (slide: Slide) => Promise<Result>) => Promise<Result>): Promise<string> {
  const facts = await stat(file).catch(() => undefined);
  const key = createHash('sha256').update(JSON.stringify([file, facts?.size, facts?.mtimeMs, edge])).digest('hex');
  const target = path.join(folder, `${key.slice(0, 32)}.jpg`);
  if (facts && existsSync(target)) return target;
  const bytes = await use(drawThumbnail);
  mkdirSync(folder, { recursive: true });
  replaceFile(target, bytes);
  return target;
}

/** The whole slide, small. The label and macro images of the file are not touched. */
export function drawThumbnail(slide: Slide): Promise<Uint8Array> {
  const [{ width, height }] = slide.levels;
  const scale = Math.min(1, edge / Math.max(width, height));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  return slide.read({ x: 0, y: 0, width, height }, size).then((pixels) => encodeJpeg(pixels, size));
}

import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../../shared/files.js';
import type { Slide } from '../../../slides/contract.js';
import { encodeJpeg } from './jpeg.js';
import { keptName } from './kept.js';
import { readOverview } from './overview.js';

/** Longer edge of a thumbnail, pixels. */
const edge = 320;

/**
 * The file of a slide's thumbnail in `folder`, drawn only where it is not there yet; a replaced slide gets a new one.
 */
export async function thumbnailFile(file: string, folder: string, use: <Result>(work: (slide: Slide) => Promise<Result>) => Promise<Result>): Promise<string> {
  const target = path.join(folder, `${await keptName(file, edge)}.jpg`);
  if (existsSync(target)) return target;
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
  return readOverview(slide, { x: 0, y: 0, width, height }, size).then((pixels) => encodeJpeg(pixels, size));
}

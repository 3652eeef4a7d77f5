import sharp from 'sharp';
import { HardmineError } from '../../shared/errors.js';
import { replaceFile } from '../../shared/files.js';
import { rampColor } from '../../shared/heat/ramp.js';
import type { HeatField, HeatFrame } from './heat-field.js';

/** A picture is made in memory, 4 bytes a pixel: half a gigabyte. */
const mostPixels = 2 ** 27;

const colors = Array.from({ length: 256 }, (_, i) => rampColor(i / 255));

/**
 * Writes a heatmap as a picture in the colours of the slide view, transparent where no patch lies.
 * @param field of values from 0 to 1.
 * @throws HardmineError `usage` where it would be too large, `disk-full`, `file-denied`, `file-missing`.
 */
export async function writeHeatmapPng(file: string, field: HeatField, frame: HeatFrame): Promise<void> {
  const { width, height } = frame;
  if (width * height > mostPixels) throw new HardmineError('usage', `A picture of ${width} × ${height} pixels is too large.`, { place: { file }, remedy: 'Choose a coarser --level or a larger --downsample, or write an OME-TIFF.' });
  const values = field.render(frame, { left: 0, top: 0, width, height });
  const pixels = new Uint8Array(4 * width * height);
  values?.forEach((value, at) => {
    if (!Number.isNaN(value)) pixels.set([...colors[Math.round(255 * Math.min(1, Math.max(0, value)))]!, 255], 4 * at);
  });
  replaceFile(file, await sharp(pixels, { raw: { width, height, channels: 4 }, limitInputPixels: false }).png().toBuffer());
}

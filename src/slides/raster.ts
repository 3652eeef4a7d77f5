import sharp, { type Region as PixelWindow } from 'sharp';
import { HardmineError, messageOf } from '../shared/errors.js';
import type { Mpp, Region } from '../shared/units.js';
import type { Slide, SlideLevel } from './contract.js';
import { levelScale } from './level-scale.js';
import { axisTaps, resample, sliceTaps, type AxisTaps } from './resample.js';

// Operations cached by file name would outlive a file that changes on disk, and their pixels cost memory.
sharp.cache(false);

/** Where a level lies in its file: a page, or a SubIFD of a page. */
export interface RasterLevel {
  readonly width: number;
  readonly height: number;
  readonly page: number;
  readonly subifd: number;
}

export interface RasterDescription {
  readonly path: string;
  readonly format: string;
  readonly levels: readonly RasterLevel[];
  readonly mpp: Mpp | undefined;
  readonly objectivePower: number | undefined;
  readonly associated: readonly string[];
  /** Whether a part of the image can be decoded without what lies before it. */
  readonly randomAccess: boolean;
}

/** Source pixels decoded at a time: 48 MB of RGB. */
const bandPixels = 16 * 2 ** 20;
/** Images without random access up to this size are decoded once and kept: 300 MB of RGB. */
const keptPixels = 100 * 2 ** 20;

/** Options every image is opened with; pixel values are taken as stored, as other readers do, so colour profiles are ignored. */
export const sharpOptions = { limitInputPixels: false, unlimited: true, failOn: 'error', ignoreIcc: true } as const;

/** A slide whose levels sharp (libvips) can decode. */
export class RasterSlide implements Slide {
  readonly path: string;
  readonly format: string;
  readonly levels: readonly SlideLevel[];
  readonly mpp: Mpp | undefined;
  readonly objectivePower: number | undefined;
  readonly associated: readonly string[];
  readonly background = [255, 255, 255] as const;
  private readonly scales: readonly { readonly x: number; readonly y: number }[];
  private kept: Promise<Uint8Array> | undefined;

  constructor(private readonly description: RasterDescription) {
    this.path = description.path;
    this.format = description.format;
    this.mpp = description.mpp;
    this.objectivePower = description.objectivePower;
    this.associated = description.associated;
    const base = description.levels[0];
    this.scales = description.levels.map((level) => levelScale(base, level));
    this.levels = description.levels.map(({ width, height }, index) => ({ width, height, downsample: (this.scales[index].x + this.scales[index].y) / 2 }));
  }

  async read(region: Region, size: { readonly width: number; readonly height: number }): Promise<Uint8Array> {
    const index = this.levelFor(region.width / size.width);
    const level = this.description.levels[index];
    const { x: spanX, y: spanY } = this.scales[index];
    const [{ width: width0, height: height0 }] = this.levels;
    const h = axisTaps(level.width, region.x / spanX, region.width / spanX, size.width, width0 / spanX);
    const v = axisTaps(level.height, region.y / spanY, region.height / spanY, size.height, height0 / spanY);
    const target = new Uint8Array(size.width * size.height * 3).fill(255);
    // Bands of rows bound what is decoded at once, however large the region.
    const rows = Math.max(1, Math.floor(bandPixels / Math.max(1, h.end - h.start) / Math.max(1, region.height / spanY / size.height)));
    for (let row = 0; row < size.height; row += rows) {
      const band = sliceTaps(v, row, Math.min(size.height, row + rows));
      if (h.end === h.start || band.end === band.start) continue;
      resample(await this.decode(level, h, band), h, band, target, row);
    }
    return target;
  }

  close(): Promise<void> {
    this.kept = undefined;
    return Promise.resolve();
  }

  /** The coarsest level that is still at least as fine as asked for; a hair of tolerance for rounded level sizes. */
  private levelFor(scale: number): number {
    let best = 0;
    this.levels.forEach((level, index) => {
      if (level.downsample <= scale * 1.005) best = index;
    });
    return best;
  }

  private async decode(level: RasterLevel, h: AxisTaps, v: AxisTaps): Promise<Uint8Array> {
    const window = { left: h.start, top: v.start, width: h.end - h.start, height: v.end - v.start };
    if (this.description.randomAccess || level.width * level.height > keptPixels) return this.extract(level, window);
    this.kept ??= this.extract(level, { left: 0, top: 0, width: level.width, height: level.height });
    const all = await this.kept;
    if (window.width === level.width) return all.subarray(window.top * level.width * 3, (window.top + window.height) * level.width * 3);
    const part = new Uint8Array(window.width * window.height * 3);
    for (let y = 0; y < window.height; y++) {
      const from = ((window.top + y) * level.width + window.left) * 3;
      part.set(all.subarray(from, from + window.width * 3), y * window.width * 3);
    }
    return part;
  }

  private async extract(level: RasterLevel, window: PixelWindow): Promise<Uint8Array> {
    const whole = window.width === level.width && window.height === level.height;
    try {
      const { data, info } = await sharp(this.path, { ...sharpOptions, sequentialRead: whole || !this.description.randomAccess, page: level.page, subifd: level.subifd })
        .extract(window)
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      if (info.channels !== 3) throw new Error(`decodes to ${info.channels} channels instead of 3`);
      return data;
    } catch (cause) {
      throw new HardmineError('slide-unreadable', `Pixels of this slide cannot be decoded (${messageOf(cause).trim()}).`, {
        place: { file: this.path },
        remedy: 'Copy the file again or restore it: it is damaged or cut short.',
        cause,
      });
    }
  }
}

import sharp from 'sharp';
import { messageOf } from '../../shared/errors.js';
import { undecodable } from './damage.js';
import { sharpOptions, tiffOptions } from './sharp-options.js';
import type { PixelSource, PixelWindow } from './source.js';

/** Where a level lies in its file: a page, or a SubIFD of a page. */
export interface SharpLevel {
  readonly width: number;
  readonly height: number;
  readonly page: number;
  readonly subifd: number;
}

/** Images without random access up to this size are decoded once and kept: 300 MB of RGB. */
const keptPixels = 100 * 2 ** 20;

/** Levels that sharp (libvips) decodes. */
export class SharpPixels implements PixelSource {
  private kept: Promise<Uint8Array> | undefined;

  /** @param randomAccess whether a part of the image can be decoded without what lies before it. */
  constructor(
    private readonly path: string,
    private readonly levels: readonly SharpLevel[],
    private readonly randomAccess: boolean,
  ) {}

  async read(index: number, window: PixelWindow): Promise<Uint8Array> {
    const level = this.levels[index];
    if (this.randomAccess || level.width * level.height > keptPixels) return this.extract(level, window);
    this.kept ??= this.extract(level, { left: 0, top: 0, width: level.width, height: level.height });
    const all = await this.kept;
    const part = new Uint8Array(window.width * window.height * 3);
    for (let y = 0; y < window.height; y++) {
      const from = ((window.top + y) * level.width + window.left) * 3;
      part.set(all.subarray(from, from + window.width * 3), y * window.width * 3);
    }
    return part;
  }

  close(): Promise<void> {
    this.kept = undefined;
    return Promise.resolve();
  }

  private async extract(level: SharpLevel, window: PixelWindow): Promise<Uint8Array> {
    const whole = window.width === level.width && window.height === level.height;
    try {
      const { data, info } = await sharp(this.path, { ...(this.randomAccess ? tiffOptions : sharpOptions), sequentialRead: whole || !this.randomAccess, page: level.page, subifd: level.subifd })
        .extract({ ...window })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      if (info.channels !== 3) throw new Error(`decodes to ${info.channels} channels instead of 3`);
      return data;
    } catch (cause) {
      throw undecodable(this.path, messageOf(cause).trim(), cause);
    }
  }
}

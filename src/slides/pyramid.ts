import type { Mpp, Region } from '../shared/units.js';
import type { Slide, SlideLevel } from './contract.js';
import { levelScale } from './level-scale.js';
import type { PixelSource } from './pixels/source.js';
import { axisTaps, resample, sliceTaps } from './resample.js';

/** What a file says of its slide. */
export interface SlideDescription {
  readonly path: string;
  readonly format: string;
  readonly vendor?: string;
  readonly compression?: string;
  readonly decoder?: string;
  /** Sizes in pixels of the level; largest first. */
  readonly levels: readonly { readonly width: number; readonly height: number }[];
  readonly mpp?: Mpp;
  readonly objectivePower?: number;
  readonly icc?: boolean;
  readonly associated?: readonly string[];
  /** White unless the file says otherwise. */
  readonly background?: readonly [number, number, number];
}

/** Source pixels decoded at a time: 48 MB of RGB. */
const bandPixels = 16 * 2 ** 20;

/** A slide of one level or more: reads come from the level that fits, resampled. */
export class PyramidSlide implements Slide {
  readonly path: string;
  readonly format: string;
  readonly vendor: string | undefined;
  readonly compression: string | undefined;
  readonly decoder: string | undefined;
  readonly levels: readonly SlideLevel[];
  readonly mpp: Mpp | undefined;
  readonly objectivePower: number | undefined;
  readonly icc: boolean;
  readonly associated: readonly string[];
  readonly background: readonly [number, number, number];
  private readonly scales: readonly { readonly x: number; readonly y: number }[];

  constructor(
    description: SlideDescription,
    private readonly pixels: PixelSource,
  ) {
    this.path = description.path;
    this.format = description.format;
    this.vendor = description.vendor;
    this.compression = description.compression;
    this.decoder = description.decoder;
    this.mpp = description.mpp;
    this.objectivePower = description.objectivePower;
    this.icc = description.icc ?? false;
    this.associated = description.associated ?? [];
    this.background = description.background ?? [255, 255, 255];
    const base = description.levels[0];
    this.scales = description.levels.map((level) => levelScale(base, level));
    this.levels = description.levels.map(({ width, height }, index) => ({ width, height, downsample: (this.scales[index].x + this.scales[index].y) / 2 }));
  }

  async read(region: Region, size: { readonly width: number; readonly height: number }, into?: Uint8Array): Promise<Uint8Array> {
    const index = this.levelFor(region.width / size.width);
    const level = this.levels[index];
    const { x: spanX, y: spanY } = this.scales[index];
    const [{ width: width0, height: height0 }] = this.levels;
    const h = axisTaps(level.width, region.x / spanX, region.width / spanX, size.width, width0 / spanX);
    const v = axisTaps(level.height, region.y / spanY, region.height / spanY, size.height, height0 / spanY);
    // Read as it stands: nothing to resample, nothing beyond an edge.
    if (h.identity && v.identity && h.end - h.start === size.width && v.end - v.start === size.height && size.width * size.height <= bandPixels) {
      return this.pixels.read(index, { left: h.start, top: v.start, width: size.width, height: size.height }, into);
    }
    const target = this.empty(size.width * size.height);
    // Bands of rows bound what is decoded at once, however large the region.
    const rows = Math.max(1, Math.floor(bandPixels / Math.max(1, h.end - h.start) / Math.max(1, region.height / spanY / size.height)));
    for (let row = 0; row < size.height; row += rows) {
      const band = sliceTaps(v, row, Math.min(size.height, row + rows));
      if (h.end === h.start || band.end === band.start) continue;
      const source = await this.pixels.read(index, { left: h.start, top: band.start, width: h.end - h.start, height: band.end - band.start });
      resample(source, h, band, target, row);
    }
    return target;
  }

  close(): Promise<void> {
    return this.pixels.close();
  }

  private empty(pixels: number): Uint8Array {
    const [red, green, blue] = this.background;
    const target = new Uint8Array(pixels * 3).fill(red);
    if (green === red && blue === red) return target;
    for (let i = 0; i < target.length; i += 3) {
      target[i + 1] = green;
      target[i + 2] = blue;
    }
    return target;
  }

  /** The coarsest level that is still at least as fine as asked for; a hair of tolerance for rounded level sizes. */
  private levelFor(scale: number): number {
    let best = 0;
    this.levels.forEach((level, index) => {
      if (level.downsample <= scale * 1.005) best = index;
    });
    return best;
  }
}

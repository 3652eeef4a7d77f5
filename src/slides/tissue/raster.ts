import type { Slide } from '../contract.js';

/** What is known of each pixel of a coarse image of a slide, with its place on it. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Level-0 pixels one of these pixels spans, along x and y. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Row-major. */
  readonly data: Uint8Array;
}

/** The whole slide at about `wanted` µm/px, no finer than its level 0, whose resolution is `mpp`: size and scale alone. */
export function overview(slide: Slide, mpp: number, wanted: number): Omit<Raster, 'data'> {
  const { width: width0, height: height0 } = slide.levels[0];
  const scale = Math.max(1, wanted / mpp);
  const width = Math.max(1, Math.round(width0 / scale));
  const height = Math.max(1, Math.round(height0 / scale));
  return { width, height, scaleX: width0 / width, scaleY: height0 / height };
}

/** The pixels of that image: RGB, row-major. */
export function readOverview(slide: Slide, { width, height }: Omit<Raster, 'data'>): Promise<Uint8Array> {
  return slide.read({ x: 0, y: 0, width: slide.levels[0].width, height: slide.levels[0].height }, { width, height });
}

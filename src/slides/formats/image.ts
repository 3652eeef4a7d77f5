import type { Metadata } from 'sharp';
import type { Slide } from '../contract.js';
import { RasterSlide } from '../raster.js';
import { plausibleMpp } from './structure.js';

/** A plain image (PNG, JPEG, WebP): one level; its density counts as mpp where a microscope could have it. */
export function openImage(path: string, metadata: Metadata): Slide {
  const mpp = metadata.density === undefined ? undefined : plausibleMpp(25_400 / metadata.density, 25_400 / metadata.density);
  return new RasterSlide({
    path,
    format: metadata.format ?? 'image',
    levels: [{ width: metadata.width, height: metadata.height, page: 0, subifd: -1 }],
    mpp,
    objectivePower: undefined,
    associated: [],
    randomAccess: false,
  });
}

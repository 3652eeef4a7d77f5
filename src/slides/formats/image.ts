import type { Metadata } from 'sharp';
import type { Slide } from '../contract.js';
import { SharpPixels } from '../pixels/sharp.js';
import { PyramidSlide } from '../pyramid.js';
import { plausibleMpp } from './structure.js';

/** A plain image (PNG, JPEG, WebP): one level; its density counts as mpp where a microscope could have it. */
export function openImage(path: string, metadata: Metadata): Slide {
  const mpp = metadata.density === undefined ? undefined : plausibleMpp(25_400 / metadata.density, 25_400 / metadata.density);
  const levels = [{ width: metadata.width, height: metadata.height, page: 0, subifd: -1 }];
  return new PyramidSlide({ path, format: metadata.format ?? 'image', levels, mpp, icc: metadata.icc !== undefined }, new SharpPixels(path, levels, false));
}

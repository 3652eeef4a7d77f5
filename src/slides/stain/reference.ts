import type { StainMethod } from '../../stain/normalise.js';
import { publishedStaining, type Staining } from '../../stain/staining.js';
import { openSlide } from '../open.js';
import { overview } from '../tissue/raster.js';
import { stainingOf } from './fit.js';

/** µm/px of a reference image that does not say it. */
const usualMpp = 0.5;

/**
 * The staining that slides are brought to: that of an image, all of it, or without one what Macenko et al. published.
 * @throws HardmineError as `openSlide` does, and `stain-unmeasured`.
 */
export async function referenceStaining(path: string | undefined, method: StainMethod): Promise<Staining> {
  if (path === undefined) return publishedStaining;
  const slide = await openSlide(path);
  try {
    const mpp = slide.mpp ? (slide.mpp.x + slide.mpp.y) / 2 : usualMpp;
    const frame = overview(slide, mpp, 8);
    return await stainingOf(slide, mpp, { ...frame, data: new Uint8Array(frame.width * frame.height).fill(1) }, method);
  } finally {
    await slide.close();
  }
}

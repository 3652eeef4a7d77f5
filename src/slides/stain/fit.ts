import { HardmineError } from '../../shared/errors.js';
import { measureStaining, restainer, type StainMethod } from '../../stain/normalise.js';
import type { Staining } from '../../stain/staining.js';
import type { Slide } from '../contract.js';
import { fieldMpp, readField, someFields, tissueFields } from '../quality/fields.js';
import { overview, readOverview, type Raster } from '../tissue/raster.js';

/** Fields looked at, and pixels taken of them: evenly spread, always the same. */
const mostFields = 64;
const mostPixels = 100_000;
/** Pixels of the overview of a slide that has no such field. */
const overviewPixels = 1_000_000;

/**
 * The staining of a slide, from up to 64 squares of its tissue at about 1 µm/px; of one too small for such squares, from
 * its overview. @param mpp level-0 resolution, µm/px.
 * @throws HardmineError `stain-unmeasured` where too little is stained, and as reading does.
 */
export async function stainingOf(slide: Slide, mpp: number, mask: Raster, method: StainMethod): Promise<Staining> {
  const fields = someFields(tissueFields(slide, mpp, mask), mostFields);
  const parts: Uint8Array[] = [];
  for (const field of fields) parts.push(await readField(slide, field));
  if (fields.length === 0) parts.push(await readOverview(slide, coarsely(slide, mpp)));
  const staining = measureStaining(thinned(parts), method);
  if (staining) return staining;
  throw new HardmineError('stain-unmeasured', 'Too little of this slide is stained to measure how.', {
    place: { file: slide.path },
    remedy: 'Look at the slide; leave it out of the cohort, or set `tiling.stain.method` to "none".',
  });
}

/** The whole slide, as finely as fields are looked at where that is not too much. */
function coarsely(slide: Slide, mpp: number): Omit<Raster, 'data'> {
  const [{ width, height }] = slide.levels;
  return overview(slide, mpp, Math.max(fieldMpp, mpp * Math.sqrt((width * height) / overviewPixels)));
}

/** Every n-th pixel of the parts, one after the other. */
function thinned(parts: readonly Uint8Array[]): Uint8Array {
  const total = parts.reduce((sum, { length }) => sum + length / 3, 0);
  const step = Math.ceil(total / mostPixels);
  const all = Buffer.concat(parts);
  const pixels = new Uint8Array(3 * Math.ceil(total / step));
  for (let from = 0, to = 0; from < all.length; from += 3 * step, to += 3) pixels.set(all.subarray(from, from + 3), to);
  return pixels;
}

/** The same slide, its pixels as if stained like the reference. Where it is closed, so is the slide. */
export function stainedLike(slide: Slide, from: Staining, reference: Staining, method: StainMethod): Slide {
  const restain = restainer(from, reference, method);
  const { path, format, vendor, compression, levels, mpp, objectivePower, icc, associated, background } = slide;
  return {
    ...{ path, format, vendor, compression, levels, mpp, objectivePower, icc, associated, background },
    async read(region, size) {
      // A copy: what was read may be kept by its reader.
      const pixels = Uint8Array.from(await slide.read(region, size));
      restain(pixels);
      return pixels;
    },
    close: () => slide.close(),
  };
}

import { penColours, type SlideQuality } from '../../shared/slide-quality.js';
import { density } from '../../stain/density.js';
import { hedUnmixing } from '../../stain/vectors.js';
import type { Slide } from '../contract.js';
import { glassColour } from '../tissue/glass.js';
import type { TissueMask } from '../tissue/mask.js';
import { findPen } from '../tissue/pen.js';
import { overview, readOverview } from '../tissue/raster.js';
import { readField, someFields, tissueFields } from './fields.js';
import { coarsestForFocus, isBlurred } from './focus.js';

/** Raised whenever the same slide and mask give another record: records of before are then not taken. */
export const qualityVersion = 1;

/** Fields looked at for focus: a few hundred reads of a small square. */
const mostFields = 100;

/**
 * Tissue, ink, focus and staining of a slide. Cheap: one image at the mask's resolution and at most a hundred small squares.
 * @param mpp level-0 resolution, µm/px. @throws HardmineError as reading the slide does.
 */
export async function slideQuality(slide: Slide, mpp: number, mask: TissueMask): Promise<SlideQuality> {
  const frame = overview(slide, mpp, mpp * mask.scaleX);
  const pixels = await readOverview(slide, frame);
  const pen = findPen(pixels, frame.width, frame.height, mpp * frame.scaleX);
  const pixelArea = (mpp * mpp * frame.scaleX * frame.scaleY) / 1e6;
  const count = (data: Uint8Array, wanted: (value: number) => boolean): number => data.reduce((sum, value) => sum + (wanted(value) ? 1 : 0), 0);
  const tissue = count(mask.data, (value) => value === 1);
  const inked = penColours.map((colour, i) => [colour, count(pen, (value) => value === i + 1)] as const).filter(([, pixelsOf]) => pixelsOf > 0);
  return {
    tissue: { area: rounded(tissue * pixelArea), share: rounded(tissue / mask.data.length) },
    pen: { share: rounded(count(pen, (value) => value !== 0) / pen.length), areas: Object.fromEntries(inked.map(([colour, pixelsOf]) => [colour, rounded(pixelsOf * pixelArea)])) },
    focus: mpp > coarsestForFocus ? null : await focusOf(slide, mpp, mask),
    stain: stainOf(pixels, mask.data, pen),
  };
}

async function focusOf(slide: Slide, mpp: number, mask: TissueMask): Promise<SlideQuality['focus']> {
  const fields = someFields(tissueFields(slide, mpp, mask), mostFields);
  let blurred = 0;
  for (const field of fields) if (isBlurred(await readField(slide, field))) blurred++;
  return { fields: fields.length, blurred: fields.length === 0 ? 0 : rounded(blurred / fields.length) };
}

/** Means over tissue without ink. */
function stainOf(pixels: Uint8Array, tissue: Uint8Array, pen: Uint8Array): SlideQuality['stain'] {
  const glass = glassColour(pixels);
  let [haematoxylin, eosin, seen] = [0, 0, 0];
  for (let i = 0; i < tissue.length; i++) {
    if (tissue[i] === 0 || pen[i] !== 0) continue;
    const [r, g, b] = [0, 1, 2].map((channel) => density[pixels[3 * i + channel]] - density[glass[channel]]);
    haematoxylin += Math.max(0, r * hedUnmixing[0][0] + g * hedUnmixing[1][0] + b * hedUnmixing[2][0]);
    eosin += Math.max(0, r * hedUnmixing[0][1] + g * hedUnmixing[1][1] + b * hedUnmixing[2][1]);
    seen++;
  }
  return { glass, haematoxylin: rounded(haematoxylin / Math.max(1, seen)), eosin: rounded(eosin / Math.max(1, seen)) };
}

const rounded = (value: number): number => Number(value.toFixed(4));

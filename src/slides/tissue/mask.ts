import type { TilingOptions } from '../../shared/experiment/index.js';
import type { Slide } from '../contract.js';
import { findBlur } from '../quality/focus.js';
import { heedAnnotations, type Annotations } from './annotations.js';
import { close } from './closing.js';
import { fillComponents } from './components.js';
import { Coverage } from './coverage.js';
import { trimEdge } from './edge.js';
import { heedMask } from './given-mask.js';
import { findPen } from './pen.js';
import { overview, readOverview, type Raster } from './raster.js';
import { stainedPixels } from './stained.js';

export type TissueOptions = Omit<TilingOptions['tissue'], 'minFraction' | 'annotations' | 'masks'>;

/** Where tissue is: 1 tissue, 0 not. */
export interface TissueMask extends Raster {
  /** Share of the rectangle (level-0 pixels) that is tissue, 0–1. */
  share(x: number, y: number, width: number, height: number): number;
}

/** Gaps up to twice this, in µm, are bridged, so that loose tissue and fat hang together. */
const bridge = 16;

/**
 * Tissue at about `options.mpp`: stained pixels by the chosen method; then small gaps are bridged, specks dropped,
 * closed holes filled (lumina, fat) and the edge trimmed. Pen marks, fields out of focus and what annotations forbid are taken away where asked.
 * A blank slide gives an empty mask, one that is tissue throughout a full one.
 * @param mpp level-0 resolution, µm/px.
 * @throws HardmineError as reading the slide and a given mask does.
 */
export async function findTissue(slide: Slide, mpp: number, options: TissueOptions, annotations?: Annotations): Promise<TissueMask> {
  const frame = overview(slide, mpp, options.mpp);
  const { width, height, scaleX, scaleY } = frame;
  const looked = options.method !== 'none' || options.rejectPen;
  const pixels = looked ? await readOverview(slide, frame) : new Uint8Array(0);
  const area = mpp * mpp * scaleX * scaleY;
  // A field smaller than a few specks keeps what fills a quarter of it.
  const atMost = (microns2: number): number => Math.min(microns2 / area, (width * height) / 4);
  const mask: Raster = { ...frame, data: new Uint8Array(width * height).fill(1) };
  const { data } = mask;
  if (options.method !== 'none') {
    const stained = stainedPixels(pixels, options.method, options.fixed);
    data.set(close(stained.data, width, height, Math.round(bridge / (mpp * scaleX))));
    fillComponents(data, width, height, 1, atMost(options.minArea));
    // Glass at the edge of the image is no hole, however little of it shows.
    fillComponents(data, width, height, 0, atMost(options.maxHole ?? options.minArea), true);
    if (stained.amount) trimEdge(data, stained.amount, width, height);
  }
  if (options.rejectPen) takeAway(data, findPen(pixels, width, height, mpp * scaleX));
  if (options.rejectBlur) takeAway(data, await findBlur(slide, mpp, mask));
  // What was cut off is dropped with the specks; what a person drew is kept, however small.
  if (options.method !== 'none') fillComponents(data, width, height, 1, atMost(options.minArea));
  if (annotations) heedAnnotations(mask, annotations);
  if (annotations?.mask !== undefined) await heedMask(mask, annotations.mask);
  const coverage = new Coverage(data, width, height);
  return { ...mask, share: (x, y, w, h) => coverage.share(x / scaleX, y / scaleY, (x + w) / scaleX, (y + h) / scaleY) };
}

function takeAway(mask: Uint8Array, rejected: Uint8Array): void {
  for (let i = 0; i < mask.length; i++) if (rejected[i] !== 0) mask[i] = 0;
}

import type { TilingOptions } from '../../shared/experiment/index.js';
import type { Slide } from '../contract.js';
import { close } from './closing.js';
import { fillComponents } from './components.js';
import { Coverage } from './coverage.js';
import { otsuThreshold } from './otsu.js';

export type TissueOptions = Pick<TilingOptions['tissue'], 'method' | 'mpp' | 'minArea'>;

/** Where tissue is, with its place on the slide. */
export interface TissueMask {
  readonly width: number;
  readonly height: number;
  /** Level-0 pixels a mask pixel spans, along x and y. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** 1 tissue, 0 not; row-major. */
  readonly data: Uint8Array;
  /** Share of the rectangle (level-0 pixels) that is tissue, 0–1. */
  share(x: number, y: number, width: number, height: number): number;
}

/** Saturation (0–255) below which nothing is tissue: scanner glass with its noise and JPEG rings. */
const glass = 8;
/** Saturation above which everything is: Otsu would split an image full of tissue into darker and paler, and drop fat beside muscle. */
const stained = 12;
/** Gaps up to twice this, in µm, are bridged, so that loose tissue and fat hang together. */
const bridge = 16;
/** Pixels darker than this in every channel are scanner fill or dirt; their saturation is noise. */
const black = 30;

/**
 * Tissue at about `options.mpp`: Otsu's threshold on HSV saturation, held between an absolute floor
 * and ceiling; then small gaps are bridged, specks dropped and closed holes of that size filled (lumina, fat).
 * A blank slide gives an empty mask, one that is tissue throughout a full one. `mpp` is the level-0 resolution, µm/px.
 */
export async function findTissue(slide: Slide, mpp: number, options: TissueOptions): Promise<TissueMask> {
  const { width: width0, height: height0 } = slide.levels[0];
  const scale = Math.max(1, options.mpp / mpp);
  const width = Math.max(1, Math.round(width0 / scale));
  const height = Math.max(1, Math.round(height0 / scale));
  const scaleX = width0 / width;
  const scaleY = height0 / height;
  if (options.method === 'none') return placed(new Uint8Array(width * height).fill(1), width, height, scaleX, scaleY);
  const pixels = await slide.read({ x: 0, y: 0, width: width0, height: height0 }, { width, height });
  const data = close(stainedPixels(pixels), width, height, Math.round(bridge / (mpp * scaleX)));
  const area = mpp * mpp * scaleX * scaleY;
  // A field smaller than a few specks keeps what fills a quarter of it.
  const speck = Math.min(options.minArea / area, data.length / 4);
  fillComponents(data, width, height, 1, speck);
  // Glass at the edge of the image is no hole, however little of it shows.
  fillComponents(data, width, height, 0, speck, true);
  return placed(data, width, height, scaleX, scaleY);
}

function placed(data: Uint8Array, width: number, height: number, scaleX: number, scaleY: number): TissueMask {
  const coverage = new Coverage(data, width, height);
  return {
    width,
    height,
    scaleX,
    scaleY,
    data,
    share: (x, y, w, h) => coverage.share(x / scaleX, y / scaleY, (x + w) / scaleX, (y + h) / scaleY),
  };
}

/** 1 where an RGB pixel is stained. */
function stainedPixels(pixels: Uint8Array): Uint8Array {
  const saturation = new Uint8Array(pixels.length / 3);
  const histogram = new Uint32Array(256);
  for (let i = 0; i < saturation.length; i++) {
    const [r, g, b] = [pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]];
    const high = Math.max(r, g, b);
    saturation[i] = high < black ? 0 : Math.round((255 * (high - Math.min(r, g, b))) / high);
    histogram[saturation[i]]++;
  }
  const threshold = Math.min(stained, Math.max(glass, otsuThreshold(histogram)));
  return saturation.map((value) => (value > threshold ? 1 : 0));
}

import type { TilingOptions } from '../../shared/experiment/index.js';
import { density } from '../../stain/density.js';
import { hedUnmixing } from '../../stain/vectors.js';
import { otsuThreshold } from './otsu.js';

type Tissue = TilingOptions['tissue'];

/** Saturation (0–255) below which nothing is tissue: scanner glass with its noise and JPEG rings. */
const glass = 8;
/** Saturation above which everything is: Otsu would split an image full of tissue into darker and paler, and drop fat beside muscle. */
const stained = 12;
/** Pixels darker than this in every channel are scanner fill or dirt; their saturation is noise. */
const black = 30;
/** Steps of the histogram of densities; 255 of them are an optical density of 0.64, far above where glass ends. */
const perDensity = 400;
/** The same floor and ceiling in those steps, above what the glass has. */
const clear = 6;
const dense = 10;

export interface Stained {
  /** 1 where an RGB pixel is stained. */
  readonly data: Uint8Array;
  /** How much, on a scale of the method, where the threshold was found and not given. */
  readonly amount?: Uint8Array;
}

/** Which pixels are stained, by the threshold that a method finds or is given. */
export function stainedPixels(pixels: Uint8Array, method: Exclude<Tissue['method'], 'none'>, fixed: Tissue['fixed']): Stained {
  switch (method) {
    case 'fixed':
      return { data: saturationOf(pixels).map((value, i) => (value > 255 * fixed.saturation && Math.max(pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) <= 255 * fixed.brightness ? 1 : 0)) };
    case 'otsu':
      return above(saturationOf(pixels), glass, stained);
    case 'otsu-density':
      return above(densityOf(pixels), clear, dense);
  }
}

/** What is above Otsu's threshold, held between two bounds. */
function above(amount: Uint8Array, floor: number, ceiling: number): Stained {
  const histogram = new Uint32Array(256);
  for (const value of amount) histogram[value]++;
  const threshold = Math.min(ceiling, Math.max(floor, otsuThreshold(histogram)));
  return { data: amount.map((value) => (value > threshold ? 1 : 0)), amount };
}

/** HSV saturation, 0–255. */
function saturationOf(pixels: Uint8Array): Uint8Array {
  const saturation = new Uint8Array(pixels.length / 3);
  for (let i = 0; i < saturation.length; i++) {
    const [r, g, b] = [pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]];
    const high = Math.max(r, g, b);
    saturation[i] = high < black ? 0 : Math.round((255 * (high - Math.min(r, g, b))) / high);
  }
  return saturation;
}

/** Haematoxylin and eosin (Ruifrok & Johnston's vectors) less what takes red, green and blue alike, as grey dust and shadows do. */
function densityOf(pixels: Uint8Array): Uint8Array {
  const [[rh, re], [gh, ge], [bh, be]] = hedUnmixing;
  const amounts = new Uint8Array(pixels.length / 3);
  for (let i = 0; i < amounts.length; i++) {
    const [r, g, b] = [pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]];
    if (Math.max(r, g, b) < black) continue;
    const grey = Math.min(density[r], density[g], density[b]);
    const [dr, dg, db] = [density[r] - grey, density[g] - grey, density[b] - grey];
    const amount = Math.max(0, dr * rh + dg * gh + db * bh) + Math.max(0, dr * re + dg * ge + db * be);
    amounts[i] = Math.min(255, Math.round(perDensity * amount));
  }
  return amounts;
}

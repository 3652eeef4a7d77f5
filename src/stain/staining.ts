import { naturalDensity } from './density.js';
import { dot, type Vector } from './matrix.js';
import { percentile } from './percentile.js';

/** How a slide was stained: the optical density (natural logarithm) of a unit of haematoxylin and of eosin, and how much there is. */
export interface Staining {
  /** Unit vectors in red, green, blue: haematoxylin, then eosin. */
  readonly vectors: readonly [Vector, Vector];
  /** 99th percentile of the amount of each. */
  readonly most: readonly [number, number];
}

/** Light that bare glass lets through, as Macenko et al. have it (2009). */
export const white = 240;
/** What is paler than this is glass, as they have it: on average, for pale eosin takes hardly any red, and their code, which asks it of each channel, drops it. */
const palest = 0.15;

/** Macenko's reference, published with his code: what others' images are commonly brought to. */
export const publishedStaining: Staining = { vectors: [[0.5626, 0.7201, 0.4062], [0.2159, 0.8012, 0.5581]], most: [1.9705, 1.0308] };

/** Optical density of each 8-bit value below that light. */
export const densityOf = naturalDensity(white);

/** Amounts of two dyes in an optical density. */
export type Unmixing = (density: Vector) => readonly [number, number];

/** The optical densities of the stained pixels of RGB pixels. */
export function stainedDensities(pixels: Uint8Array): Vector[] {
  const stained: Vector[] = [];
  for (let i = 0; i < pixels.length; i += 3) {
    const seen = [densityOf[pixels[i]], densityOf[pixels[i + 1]], densityOf[pixels[i + 2]]] as const;
    if (seen[0] + seen[1] + seen[2] >= 3 * palest) stained.push(seen);
  }
  return stained;
}

/** Amounts by least squares, below zero too, as Macenko's code has it. */
export function leastSquares([h, e]: Staining['vectors']): Unmixing {
  const [hh, he, ee] = [dot(h, h), dot(h, e), dot(e, e)];
  const determinant = hh * ee - he * he;
  return (density) => {
    const [ph, pe] = [dot(density, h), dot(density, e)];
    return [(ee * ph - he * pe) / determinant, (hh * pe - he * ph) / determinant];
  };
}

/**
 * Amounts by least squares, none below zero, with a price of `sparsity` on each unit (the lasso): exact, for two dyes
 * have only four ways to be zero or not. Vectors must have length 1.
 */
export function sparse([h, e]: Staining['vectors'], sparsity: number): Unmixing {
  const he = dot(h, e);
  return (density) => {
    const [ph, pe] = [dot(density, h) - sparsity, dot(density, e) - sparsity];
    const [ah, ae] = [(ph - he * pe) / (1 - he * he), (pe - he * ph) / (1 - he * he)];
    if (ah >= 0 && ae >= 0) return [ah, ae];
    return ah < 0 ? [0, Math.max(0, pe)] : [Math.max(0, ph), 0];
  };
}

/** How much of each dye there is: the 99th percentile of its amounts. */
export function mostOf(densities: readonly Vector[], unmix: Unmixing): Staining['most'] {
  const amounts = densities.map(unmix);
  const most = (dye: 0 | 1): number => percentile(Float64Array.from(amounts, (amount) => amount[dye]).sort(), 0.99);
  return [most(0), most(1)];
}

/** Haematoxylin first: it takes more red. */
export function inOrder(a: Vector, b: Vector): Staining['vectors'] {
  return a[0] > b[0] ? [a, b] : [b, a];
}

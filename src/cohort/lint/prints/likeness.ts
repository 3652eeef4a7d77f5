import { bitsSet, differingBits } from './perceptual-hash.js';
import type { SlidePrint } from './print.js';

// Measured: of 24 sample slides, 100 colon images of one lab and two scans, 5227 pairs of strangers, the nearest differ in 18 bits.
// 56 of these pictures at JPEG quality 40, at half size, recoloured or 10 % brighter differ from themselves in at most 6 bits and by 20
// of colour; cut by 2 % at each edge in 6 bits at the median, 12 at most. Were bits independent (three pairs at 18 are what that
// expects of 5227), ten thousand strangers would have less than one pair within 10 bits.

/** Two slides look alike when their hashes differ in at most so many of 64 bits … */
const mostBits = 10;
/** … the mean colours of their fields by no more than this (0–255, mean over fields and channels) … */
const mostColour = 25;
/** … and their shapes by no more than this share. */
const mostShape = 0.1;
/** Pictures with less contrast than this (standard deviation of grey) are of one tone: their hashes are noise. */
const leastContrast = 4;

/** Whether a slide has a picture that can be compared. */
export function comparable({ contrast }: SlidePrint): boolean {
  return contrast >= leastContrast;
}

/** Whether two slides look the same. The hash first: most pairs differ in it. */
export function lookAlike(a: SlidePrint, b: SlidePrint): boolean {
  return differingBits(a.hash, b.hash) <= mostBits && Math.abs(Math.log((a.width * b.height) / (a.height * b.width))) <= mostShape && colourDistance(a, b) <= mostColour;
}

/** Indices of those that look alike, the smaller first. Hashes are compared packed: of ten thousand slides there are fifty million pairs. */
export function pairsAlike(prints: readonly SlidePrint[]): (readonly [number, number])[] {
  const [high, low] = [0, 1].map((half) => Uint32Array.from(prints, ({ hash }) => hash[half]));
  const pairs: (readonly [number, number])[] = [];
  for (let b = 1; b < prints.length; b++) {
    const [highOfB, lowOfB] = [high[b], low[b]];
    for (let a = 0; a < b; a++) {
      if (bitsSet(high[a] ^ highOfB) + bitsSet(low[a] ^ lowOfB) <= mostBits && lookAlike(prints[a], prints[b])) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** Mean absolute difference of the fields' colours, 0–255. */
export function colourDistance(a: SlidePrint, b: SlidePrint): number {
  return a.colours.reduce((sum, value, i) => sum + Math.abs(value - b.colours[i]), 0) / a.colours.length;
}

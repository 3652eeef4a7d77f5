import { NearHashes } from './near-hashes.js';
import { differingBits, oriented, orientations, type Orientation } from './perceptual-hash.js';
import { grid, type SlidePrint } from './print.js';

// Set by 50 colon images of one lab: strangers differ in 14 bits at least (1225 pairs, the nearest of eight ways and three cuts). Of the other
// 50, in sight when this was set: strangers in 16 at least; each picture at JPEG quality 40, at half size, recoloured, 10 % brighter, mirrored, turned or cut by
// 2 to 5 % at every edge in 7 at most. Cut by 4 % at two edges alone, 27 of 50 are found. Were bits independent, ten thousand strangers
// would have about half a pair within 8 bits, before colours and shapes are looked at; within 10 bits, twenty.

/** Two slides look alike when, laid one of eight ways, their hashes differ in at most so many of 64 bits … */
const mostBits = 8;
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

/** Whether two slides look the same, one of them perhaps mirrored, turned by right angles or cut at its edges. */
export function lookAlike(a: SlidePrint, b: SlidePrint): boolean {
  return orientations.some((orientation) => bitsApart(a, b, orientation) <= mostBits && sameShape(a, b, orientation) && colourDistance(a, b, orientation) <= mostColour);
}

/** Least number of differing bits of one picture, whole or cut, and the other one whole. */
export function bitsApart(a: SlidePrint, b: SlidePrint, orientation: Orientation): number {
  const [whole, ...cut] = b.hashes.map((hash) => oriented(hash, orientation));
  return Math.min(...a.hashes.map((hash) => differingBits(hash, whole)), ...cut.map((hash) => differingBits(a.hashes[0], hash)));
}

function sameShape(a: SlidePrint, b: SlidePrint, { diagonal }: Orientation): boolean {
  const [width, height] = diagonal ? [b.height, b.width] : [b.width, b.height];
  return Math.abs(Math.log((a.width * height) / (a.height * width))) <= mostShape;
}

let last: { readonly prints: readonly SlidePrint[]; readonly pairs: readonly (readonly [number, number])[] } | undefined;

/** Indices of those that look alike, the smaller first. Asked again of the same prints, as the editor does at every rest of typing, it remembers. */
export function pairsAlike(prints: readonly SlidePrint[]): readonly (readonly [number, number])[] {
  if (last?.prints.length === prints.length && last.prints.every((print, i) => print === prints[i])) return last.pairs;
  const entries = prints.flatMap(({ hashes }, owner) => hashes.map((hash) => ({ hash, owner })));
  const index = new NearHashes(entries.map(({ hash }) => hash));
  const near = prints.map(() => new Set<number>());
  for (const [asking, { hashes: [whole] }] of prints.entries()) {
    for (const orientation of orientations) {
      index.near(oriented(whole, orientation), mostBits, (place) => {
        const { owner } = entries[place];
        if (owner !== asking) near[Math.max(owner, asking)].add(Math.min(owner, asking));
      });
    }
  }
  const pairs = near.flatMap((others, b) => [...others].sort((x, y) => x - y).filter((a) => lookAlike(prints[a], prints[b])).map((a) => [a, b] as const));
  last = { prints, pairs };
  return pairs;
}

/** Mean absolute difference of the fields' colours, 0–255. */
export function colourDistance(a: SlidePrint, b: SlidePrint, { diagonal, leftRight, upDown }: Orientation): number {
  let sum = 0;
  for (let field = 0; field < grid * grid; field++) {
    const [x, y] = [field % grid, Math.floor(field / grid)];
    const [column, row] = [leftRight ? grid - 1 - x : x, upDown ? grid - 1 - y : y];
    const other = diagonal ? grid * column + row : grid * row + column;
    for (let channel = 0; channel < 3; channel++) sum += Math.abs(a.colours[3 * field + channel] - b.colours[3 * other + channel]);
  }
  return sum / (3 * grid * grid);
}

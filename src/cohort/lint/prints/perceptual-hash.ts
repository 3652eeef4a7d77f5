/** 64 bits in two halves; bit 8v + u is that of the frequencies u + 1 across and v + 1 down. */
export type Hash = readonly [number, number];

/** Edge of the grey image, and of the block of its lowest frequencies that is kept. */
export const edge = 32;
const kept = 8;

/** cos((2x + 1) u π / 2N) by u and x. */
const cosines = Array.from({ length: kept + 1 }, (_, u) => Float64Array.from({ length: edge }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * edge))));

/**
 * A 64-bit hash of what an image looks like (after Zauner 2010, "pHash"): the sign of each of its lowest 8 × 8 frequencies of the
 * discrete cosine transform, without those constant along an axis. Small changes of size, brightness and compression change few
 * bits; signs, unlike sides of the median, say exactly what a mirrored or turned image has.
 * @param grey 32 × 32, row-major.
 */
export function perceptualHash(grey: ArrayLike<number>): Hash {
  const across = Float64Array.from({ length: kept * edge }, (_, i) => dot(grey, edge * Math.floor(i / kept), 1, cosines[1 + (i % kept)]));
  const half = (from: number): number => {
    let bits = 0;
    for (let i = 0; i < 32; i++) if (dot(across, i % kept, kept, cosines[1 + Math.floor((from + i) / kept)]) > 0) bits |= 1 << i;
    return bits >>> 0;
  };
  return [half(0), half(32)];
}

function dot(values: ArrayLike<number>, from: number, step: number, wave: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < edge; i++) sum += values[from + i * step] * wave[i];
  return sum;
}

/** One of the eight ways to lay a picture: first turned over its diagonal, then mirrored. */
export interface Orientation {
  readonly diagonal: boolean;
  readonly leftRight: boolean;
  readonly upDown: boolean;
}

/** All eight, upright first. */
export const orientations: readonly Orientation[] = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({ diagonal: i > 3, leftRight: (i & 1) > 0, upDown: (i & 2) > 0 }));

/** The hash of an image laid another way: mirroring changes the sign of the odd frequencies, the diagonal exchanges across and down. */
export function oriented(hash: Hash, { diagonal, leftRight, upDown }: Orientation): Hash {
  const change = (leftRight ? 0x55555555 : 0) ^ (upDown ? 0x00ff00ff : 0);
  const [low, high] = diagonal ? transposed(hash) : hash;
  return [(low ^ change) >>> 0, (high ^ change) >>> 0];
}

function transposed(hash: Hash): Hash {
  const halves: [number, number] = [0, 0];
  for (let k = 0; k < 64; k++) {
    const from = kept * (k % kept) + Math.floor(k / kept);
    halves[k >> 5] |= ((hash[from >> 5] >>> (from & 31)) & 1) << (k & 31);
  }
  return halves;
}

/** Bits in which two hashes differ, 0–64. */
export function differingBits(a: Hash, b: Hash): number {
  return bitsSet(a[0] ^ b[0]) + bitsSet(a[1] ^ b[1]);
}

/** How many of 32 bits are set: counted by halves, quarters, and so on. */
export function bitsSet(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

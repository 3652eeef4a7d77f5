/** Edge of the grey image, and of the block of its lowest frequencies that is kept. */
const edge = 32;
const kept = 8;

/** cos((2x + 1) u π / 2N) by u and x. */
const cosines = Array.from({ length: kept + 1 }, (_, u) => Float64Array.from({ length: edge }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * edge))));

/**
 * A 64-bit hash of what an image looks like (Zauner 2010, "pHash"): whether each of its lowest 8 × 8 frequencies of the
 * discrete cosine transform, without those constant along an axis, is above their median. Small changes of size, brightness
 * and compression change few bits.
 * @param grey 32 × 32, row-major. @returns two halves of 32 bits.
 */
export function perceptualHash(grey: ArrayLike<number>): readonly [number, number] {
  const coefficients: number[] = [];
  for (let v = 1; v <= kept; v++) {
    for (let u = 1; u <= kept; u++) {
      let sum = 0;
      for (let y = 0; y < edge; y++) for (let x = 0; x < edge; x++) sum += grey[edge * y + x] * cosines[u][x] * cosines[v][y];
      coefficients.push(sum);
    }
  }
  const sorted = [...coefficients].sort((a, b) => a - b);
  const median = (sorted[31] + sorted[32]) / 2;
  const half = (from: number): number => coefficients.slice(from, from + 32).reduce((bits, value, i) => bits | (Number(value > median) << i), 0) >>> 0;
  return [half(0), half(32)];
}

/** Bits in which two hashes differ, 0–64. */
export function differingBits(a: readonly [number, number], b: readonly [number, number]): number {
  return bitsSet(a[0] ^ b[0]) + bitsSet(a[1] ^ b[1]);
}

/** How many of 32 bits are set: counted by halves, quarters, and so on. */
export function bitsSet(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Decadic optical density of each 8-bit value; the +1 keeps black finite. */
export const density = Float32Array.from({ length: 256 }, (_, value) => -Math.log10((value + 1) / 256));

/** The way back as a table: finer than half a grey level everywhere. */
export const stepsPerDensity = 2048;
const darkest = 3;
export const transmission = Float32Array.from({ length: darkest * stepsPerDensity + 1 }, (_, i) => 256 * 10 ** (-i / stepsPerDensity) - 1);

/** For each 8-bit value the natural optical density −ln((I + 1) / I₀) below light of intensity `white`; below zero for what is brighter. */
export function naturalDensity(white: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, value) => -Math.log((value + 1) / white));
}

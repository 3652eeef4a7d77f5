import type { Random } from '../../shared/random.js';

/** Optical density of haematoxylin, eosin and DAB in red, green, blue (Ruifrok & Johnston 2001), before scaling to length 1. */
const stains = [
  [0.65, 0.7, 0.29],
  [0.07, 0.99, 0.11],
  [0.27, 0.57, 0.78],
].map((vector) => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
});
const unmix = inverse(stains);

/** Decadic optical density of each 8-bit value; the +1 keeps black finite. */
const density = Float32Array.from({ length: 256 }, (_, value) => -Math.log10((value + 1) / 256));

/** The way back as a table: finer than half a grey level everywhere. */
const stepsPerDensity = 2048;
const darkest = 3;
const transmission = Float32Array.from({ length: darkest * stepsPerDensity + 1 }, (_, i) => 256 * 10 ** (-i / stepsPerDensity) - 1);

/**
 * H&E-space jitter (Tellez et al. 2018): each stain's amount is scaled by 1 ± strength and
 * shifted by ± strength/5 (optical density). In place on RGB values 0–255.
 */
export function stain(image: Float32Array, strength: number, random: Random): void {
  const scale = stains.map(() => random.between(1 - strength, 1 + strength));
  const shift = stains.map(() => random.between(-strength, strength) / 5);
  restain(image, scale, shift);
}

/** Scales and shifts the amounts of the three stains. In place. */
export function restain(image: Float32Array, scale: readonly number[], shift: readonly number[]): void {
  // Unmixing, scaling and mixing are one affine map from density to density.
  const map = (from: number, to: number) => stains.reduce((sum, stainVector, s) => sum + unmix[from][s] * scale[s] * stainVector[to], 0);
  const offset = (to: number) => stains.reduce((sum, stainVector, s) => sum + shift[s] * stainVector[to], 0) * stepsPerDensity + 0.5;
  const [rr, rg, rb, gr, gg, gb, br, bg, bb] = [0, 1, 2].flatMap((from) => [0, 1, 2].map((to) => map(from, to) * stepsPerDensity));
  const [or, og, ob] = [0, 1, 2].map(offset);
  const last = transmission.length - 1;
  for (let i = 0; i < image.length; i += 3) {
    const r = density[(image[i] + 0.5) | 0];
    const g = density[(image[i + 1] + 0.5) | 0];
    const b = density[(image[i + 2] + 0.5) | 0];
    const red = (r * rr + g * gr + b * br + or) | 0;
    const green = (r * rg + g * gg + b * bg + og) | 0;
    const blue = (r * rb + g * gb + b * bb + ob) | 0;
    image[i] = transmission[red < 0 ? 0 : red > last ? last : red];
    image[i + 1] = transmission[green < 0 ? 0 : green > last ? last : green];
    image[i + 2] = transmission[blue < 0 ? 0 : blue > last ? last : blue];
  }
}

/** Inverse of a 3 × 3 matrix by its adjugate. */
function inverse(m: readonly (readonly number[])[]): number[][] {
  const minor = (row: number, column: number) => {
    const [a, b] = [0, 1, 2].filter((r) => r !== row);
    const [c, d] = [0, 1, 2].filter((k) => k !== column);
    return (m[a][c] * m[b][d] - m[a][d] * m[b][c]) * ((row + column) % 2 ? -1 : 1);
  };
  const determinant = [0, 1, 2].reduce((sum, column) => sum + m[0][column] * minor(0, column), 0);
  return [0, 1, 2].map((row) => [0, 1, 2].map((column) => minor(column, row) / determinant));
}

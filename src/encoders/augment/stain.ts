import type { Random } from '../../shared/random.js';
import { density, stepsPerDensity, transmission } from '../../stain/density.js';
import { hedUnmixing as unmix, hedVectors as stains } from '../../stain/vectors.js';

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

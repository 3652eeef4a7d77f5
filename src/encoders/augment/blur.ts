import type { Random } from '../../shared/random.js';

const sigmas = [0.3, 1.2] as const;
/** Three standard deviations of the widest blur. */
const reach = Math.ceil(3 * sigmas[1]);

/**
 * With `probability`, a Gaussian blur with a sigma of 0.3–1.2 px. In place on an interleaved RGB
 * image of size × size; edge pixels repeat. `scratch` is as large as the image.
 */
export function blur(image: Float32Array, size: number, probability: number, scratch: Float32Array, random: Random): void {
  if (random.uniform() < probability) smooth(image, size, random.between(...sigmas), scratch);
}

/** A Gaussian of `sigma` px, along rows and then along columns. In place. */
export function smooth(image: Float32Array, size: number, sigma: number, scratch: Float32Array): void {
  const radius = Math.min(reach, Math.ceil(3 * sigma));
  const weights = Array.from({ length: radius + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)));
  const total = 2 * weights.reduce((sum, weight) => sum + weight) - 1;
  const kernel = Float32Array.from(weights, (weight) => weight / total);
  pass(image, scratch, size, 3, 3 * size, kernel);
  pass(scratch, image, size, 3 * size, 3, kernel);
}

/** Convolves along the axis with stride `along`; `across` is the stride of the other. */
function pass(from: Float32Array, to: Float32Array, size: number, along: number, across: number, kernel: Float32Array): void {
  const last = size - 1;
  for (let line = 0; line < size; line++) {
    for (let i = 0; i < size; i++) {
      const at = line * across + i * along;
      for (let channel = 0; channel < 3; channel++) {
        let sum = kernel[0] * from[at + channel];
        for (let k = 1; k < kernel.length; k++) {
          const before = line * across + Math.max(0, i - k) * along;
          const after = line * across + Math.min(last, i + k) * along;
          sum += kernel[k] * (from[before + channel] + from[after + channel]);
        }
        to[at + channel] = sum;
      }
    }
  }
}

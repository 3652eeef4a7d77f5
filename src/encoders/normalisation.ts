import type { OnnxEncoderOptions } from '../shared/experiment/index.js';

/** value · scale + shift, for red, green, blue values 0–255. */
export interface Normalisation {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

/** Mean and standard deviation of ImageNet, for values 0–1, as torchvision has them. */
const mean = [0.485, 0.456, 0.406];
const deviation = [0.229, 0.224, 0.225];

/** The ways encoders expect their pixels. */
export const normalisations: Readonly<Record<OnnxEncoderOptions['normalisation'], Normalisation>> = {
  imagenet: { scale: deviation.map((d) => 1 / (255 * d)), shift: mean.map((m, channel) => -m / deviation[channel]) },
  minus1to1: { scale: [2 / 255, 2 / 255, 2 / 255], shift: [-1, -1, -1] },
  '0to1': { scale: [1 / 255, 1 / 255, 1 / 255], shift: [0, 0, 0] },
};

/** Writes interleaved RGB values 0–255 (bytes or floats), normalised, into `target` from `offset`. */
export function normaliseInto(image: Uint8Array | Float32Array, { scale, shift }: Normalisation, target: Float32Array, offset: number): void {
  const [r, g, b] = scale;
  const [or, og, ob] = shift;
  for (let i = 0; i < image.length; i += 3) {
    target[offset + i] = image[i] * r + or;
    target[offset + i + 1] = image[i + 1] * g + og;
    target[offset + i + 2] = image[i + 2] * b + ob;
  }
}

/** The same as planes, one channel after the other. */
export function normalisePlanesInto(image: Uint8Array | Float32Array, { scale, shift }: Normalisation, target: Float32Array, offset: number): void {
  const plane = image.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    const to = offset + channel * plane;
    for (let i = 0; i < plane; i++) target[to + i] = image[3 * i + channel] * scale[channel] + shift[channel];
  }
}

import type { Random } from '../../shared/random.js';

/** Luma of ITU-R BT.601. */
const [lumaRed, lumaGreen, lumaBlue] = [0.299, 0.587, 0.114];

/**
 * Brightness, contrast (about the mean grey of the image) and saturation (about the grey of each
 * pixel), each by a factor of 1 ± strength, in this order. In place on RGB values 0–255; clamped once, at the end.
 */
export function color(image: Float32Array, strength: number, random: Random): void {
  const factor = () => random.between(1 - strength, 1 + strength);
  recolor(image, factor(), factor(), factor());
}

/** The three factors as one affine map a pixel. In place. */
export function recolor(image: Float32Array, brightness: number, contrast: number, saturation: number): void {
  let total = 0;
  for (let i = 0; i < image.length; i += 3) total += lumaRed * image[i] + lumaGreen * image[i + 1] + lumaBlue * image[i + 2];
  const middle = (1 - contrast) * brightness * (total / (image.length / 3));
  const gain = brightness * contrast;
  const own = gain * saturation;
  const grey = gain * (1 - saturation);
  for (let i = 0; i < image.length; i += 3) {
    const r = image[i];
    const g = image[i + 1];
    const b = image[i + 2];
    const base = grey * (lumaRed * r + lumaGreen * g + lumaBlue * b) + middle;
    image[i] = clamp(own * r + base);
    image[i + 1] = clamp(own * g + base);
    image[i + 2] = clamp(own * b + base);
  }
}

const clamp = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value);

import { describe, expect, it } from 'vitest';
import { blur, smooth } from '../../../../src/encoders/augment/blur.js';
import { color, recolor } from '../../../../src/encoders/augment/color.js';
import { Augmenter } from '../../../../src/encoders/augment/index.js';
import { restain, stain } from '../../../../src/encoders/augment/stain.js';
import { Random } from '../../../../src/shared/random.js';
import { experiment, stripes } from '../support.js';

const noise = (length: number, seed = 1) => {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => random.integer(256));
};
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value) / values.length;

describe('stain jitter', () => {
  it('gives back the image when nothing is scaled or shifted', () => {
    const image = noise(3000);
    const before = image.slice();
    restain(image, [1, 1, 1], [0, 0, 0]);
    expect(largest(image, before)).toBeLessThan(0.5);
  });

  it('darkens along the stain that is scaled up, and only there', () => {
    // One density unit of pure haematoxylin and pure eosin (Ruifrok & Johnston).
    const pure = (vector: number[]) => Float32Array.from(vector, (value) => 256 * 10 ** (-value / Math.hypot(...vector) / 2) - 1);
    const haematoxylin = pure([0.65, 0.7, 0.29]);
    const eosin = pure([0.07, 0.99, 0.11]);
    const [h, e] = [haematoxylin.slice(), eosin.slice()];
    restain(h, [1.5, 1, 1], [0, 0, 0]);
    restain(e, [1.5, 1, 1], [0, 0, 0]);
    expect(haematoxylin[0] - h[0]).toBeGreaterThan(20);
    expect(largest(e, eosin)).toBeLessThan(1.5);
  });

  it('adds stain where it is shifted', () => {
    const white = new Float32Array(30).fill(255);
    restain(white, [1, 1, 1], [0.1, 0, 0]);
    expect(white[0]).toBeLessThan(250);
    expect(white[1]).toBeLessThan(white[2]);
  });

  it('stays within 0–255 and follows the seed', () => {
    const [a, b] = [noise(3000), noise(3000)];
    stain(a, 0.5, new Random(2));
    stain(b, 0.5, new Random(2));
    expect(largest(a, b)).toBe(0);
    expect(Math.max(...a)).toBeLessThanOrEqual(255);
    expect(Math.min(...a)).toBeGreaterThan(-1);
  });
});

describe('colour jitter', () => {
  it('is the identity at factors of one', () => {
    const image = noise(300);
    const before = image.slice();
    recolor(image, 1, 1, 1);
    expect(largest(image, before)).toBeLessThan(1e-3);
  });

  it('scales brightness, contrast about the mean grey, and saturation about the own grey', () => {
    const image = Float32Array.of(100, 100, 100, 50, 50, 50);
    recolor(image, 1.2, 1, 1);
    expect(Array.from(image)).toEqual([120, 120, 120, 60, 60, 60].map((value) => expect.closeTo(value, 3)));
    recolor(image, 1, 0.5, 1);
    expect(Array.from(image)).toEqual([105, 105, 105, 75, 75, 75].map((value) => expect.closeTo(value, 3)));
    const red = Float32Array.of(200, 0, 0);
    recolor(red, 1, 1, 0);
    expect(red[0]).toBeCloseTo(59.8, 3);
    expect(red[1]).toBeCloseTo(59.8, 3);
  });

  it('stays within 0–255', () => {
    const image = noise(3000);
    color(image, 1, new Random(8));
    expect(Math.max(...image)).toBeLessThanOrEqual(255);
    expect(Math.min(...image)).toBeGreaterThanOrEqual(0);
  });
});

describe('blur', () => {
  it('spreads a point as a Gaussian and keeps its sum', () => {
    const size = 15;
    const image = new Float32Array(3 * size * size);
    const centre = 3 * (7 * size + 7);
    image[centre] = 1000;
    smooth(image, size, 1, new Float32Array(image.length));
    expect(image.reduce((sum, value) => sum + value)).toBeCloseTo(1000, 1);
    expect(image[centre + 3] / image[centre]).toBeCloseTo(Math.exp(-0.5), 4);
    expect(image[centre + 3 * size]).toBeCloseTo(image[centre + 3], 4);
    expect(image[centre + 1]).toBe(0);
  });

  it('keeps a flat image flat up to its edges', () => {
    const image = new Float32Array(3 * 64).fill(80);
    smooth(image, 8, 1.2, new Float32Array(image.length));
    expect(largest(image, new Float32Array(image.length).fill(80))).toBeLessThan(1e-3);
  });

  it('happens as often as asked', () => {
    const random = new Random(4);
    let blurred = 0;
    for (let i = 0; i < 400; i++) {
      const image = noise(3 * 16, 9);
      const before = image.slice();
      blur(image, 4, 0.25, new Float32Array(image.length), random);
      if (largest(image, before) > 1e-3) blurred += 1;
    }
    expect(blurred).toBeGreaterThan(70);
    expect(blurred).toBeLessThan(130);
  });
});

describe('a view', () => {
  const size = 16;
  const { all } = stripes(1, size);
  const options = experiment().augmentations;

  it('follows the seed alone', () => {
    const [one, two] = [new Augmenter(size, options), new Augmenter(size, options)];
    one.view(all[0], 0, new Random(99));
    expect(one.view(all[0], 0, new Random(5))).toEqual(two.view(all[0], 0, new Random(5)));
    expect(largest(one.view(all[0], 0, new Random(5)).slice(), two.view(all[0], 0, new Random(6)))).toBeGreaterThan(5);
  });

  it('is the patch itself when every augmentation is off', () => {
    const plain = new Augmenter(size, { crop: [1, 1], flip: false, rotate: false, stain: 0, color: 0, blur: 0 });
    expect(Array.from(plain.view(all[0], 0, new Random(1)))).toEqual(Array.from(all[0]));
  });

  it('keeps the look of the patch', () => {
    const augmenter = new Augmenter(size, options);
    const before = mean(Float32Array.from(all[0]));
    for (let seed = 0; seed < 20; seed++) expect(Math.abs(mean(augmenter.view(all[0], 0, new Random(seed))) - before)).toBeLessThan(60);
  });
});

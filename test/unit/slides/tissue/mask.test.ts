import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tilingSchema } from '../../../../src/shared/experiment/data.js';
import { openSlide } from '../../../../src/slides/open.js';
import { close } from '../../../../src/slides/tissue/closing.js';
import { fillComponents } from '../../../../src/slides/tissue/components.js';
import { Coverage } from '../../../../src/slides/tissue/coverage.js';
import { findTissue } from '../../../../src/slides/tissue/mask.js';
import { otsuThreshold } from '../../../../src/slides/tissue/otsu.js';
import { paint, scratchFolder, shared } from '../fixtures.js';

const folder = scratchFolder();
const options = tilingSchema.parse({}).tissue;
const colon = shared('data/colon/img1.webp');

async function shareOf(name: string, width: number, height: number, colour: Parameters<typeof paint>[2], mpp = 1): Promise<number> {
  const path = join(folder, name);
  await paint(width, height, colour).png().toFile(path);
  const slide = await openSlide(path);
  const mask = await findTissue(slide, mpp, options);
  expect(mask.scaleX * mask.width).toBeCloseTo(width, 6);
  expect(mask.scaleY * mask.height).toBeCloseTo(height, 6);
  return mask.share(0, 0, width, height);
}

describe('findTissue', () => {
  it('leaves a blank slide blank, noise and grey included', async () => {
    expect(await shareOf('white.png', 400, 300, () => [255, 255, 255])).toBe(0);
    expect(await shareOf('glass.png', 400, 300, (x, y) => [243 + ((x * 7) % 5), 242 + ((y * 3) % 5), 241 + ((x * y) % 5)])).toBe(0);
    expect(await shareOf('black.png', 400, 300, (x) => [x % 9, 0, 0])).toBe(0);
  });

  it('leaves an image that is tissue throughout whole, although it has darker and paler parts', async () => {
    expect(await shareOf('full.png', 400, 300, (x) => (x % 100 < 50 ? [150, 60, 140] : [235, 205, 222]))).toBe(1);
    expect(await shareOf('one.png', 1, 1, () => [180, 60, 140])).toBe(1);
  });

  it('fills a closed gap of glass, but not one at the edge of the image', async () => {
    const glassAt = (left: number, top: number) => (x: number, y: number): [number, number, number] => (x >= left && x < left + 80 && y >= top && y < top + 80 ? [244, 244, 244] : [200, 120, 170]);
    expect(await shareOf('closed.png', 400, 400, glassAt(160, 160))).toBe(1);
    expect(await shareOf('corner.png', 400, 400, glassAt(0, 320))).toBeCloseTo(1 - 0.04, 2);
  });

  it('finds the tissue of a half', async () => {
    expect(await shareOf('half.png', 800, 400, (x) => (x < 400 ? [200, 120, 170] : [244, 244, 244]))).toBeCloseTo(0.5, 1);
  });

  it('drops specks and fills holes of a size', async () => {
    const disc = (radius: number) => (x: number, y: number): boolean => (x - 400) ** 2 + (y - 400) ** 2 < radius ** 2;
    const pink = [200, 110, 170] as const;
    const glass = [244, 244, 244] as const;
    expect(await shareOf('speck.png', 800, 800, (x, y) => (disc(35)(x, y) ? pink : glass))).toBe(0);
    expect(await shareOf('island.png', 800, 800, (x, y) => (disc(90)(x, y) ? pink : glass))).toBeGreaterThan(0.03);
    expect(await shareOf('lumen.png', 800, 800, (x, y) => (disc(35)(x, y) ? glass : pink))).toBe(1);
    expect(await shareOf('cavity.png', 800, 800, (x, y) => (disc(200)(x, y) ? glass : pink))).toBeCloseTo(1 - (Math.PI * 200 ** 2) / 800 ** 2, 1);
  });

  it('calls everything tissue when told not to look', async () => {
    const path = join(folder, 'unseen.png');
    await paint(50, 50, () => [255, 255, 255]).png().toFile(path);
    expect((await findTissue(await openSlide(path), 0.5, { ...options, method: 'none' })).share(3, 4, 20, 20)).toBeCloseTo(1, 12);
  });

  it.skipIf(!colon)('keeps real fields of tissue whole and a real blank one blank', async () => {
    for (const [image, low, high] of [[3, 1, 1], [25, 1, 1], [44, 1, 1], [53, 1, 1], [90, 1, 1], [76, 0, 0], [94, 0.2, 0.4], [74, 0.4, 0.6]]) {
      const slide = await openSlide(shared(`data/colon/img${image}.webp`)!);
      const share = (await findTissue(slide, 0.55, options)).share(0, 0, 500, 500);
      expect(share, `img${image}`).toBeGreaterThanOrEqual(low - 1e-9);
      expect(share, `img${image}`).toBeLessThanOrEqual(high + 1e-9);
    }
  });
});

describe('its parts', () => {
  it('Otsu parts two heaps', () => {
    const histogram = new Uint32Array(256);
    histogram[10] = 50;
    histogram[12] = 50;
    histogram[200] = 30;
    expect(otsuThreshold(histogram)).toBe(12);
    expect(otsuThreshold(new Uint32Array(256).fill(0).with(7, 9))).toBe(0);
    expect(otsuThreshold(new Uint32Array(256))).toBe(0);
  });

  it('components are 8-connected', () => {
    const diagonal = Uint8Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    fillComponents(diagonal, 4, 3, 1, 2);
    expect([...diagonal]).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    fillComponents(diagonal, 4, 3, 1, 3);
    expect([...diagonal].every((value) => value === 0)).toBe(true);
  });

  it('closing bridges a gap of twice its radius, no more, and keeps the rest', () => {
    const line = (text: string): Uint8Array => Uint8Array.from(text, Number);
    expect([...close(line('000110000011000'), 15, 1, 2)].join('')).toBe('000110000011000');
    expect([...close(line('000110000110000'), 15, 1, 2)].join('')).toBe('000111111110000');
    expect([...close(line('000000000000000'), 15, 1, 2)].join('')).toBe('000000000000000');
    expect([...close(line('000110000110000'), 1, 15, 2)].join('')).toBe('000111111110000');
    expect([...close(line('0101'), 4, 1, 0)].join('')).toBe('0101');
  });

  it('coverage counts fractions of pixels', () => {
    const coverage = new Coverage(Uint8Array.from([1, 0, 0, 1]), 2, 2);
    expect(coverage.share(0, 0, 2, 2)).toBeCloseTo(0.5, 12);
    expect(coverage.share(0.5, 0, 1.5, 1)).toBeCloseTo(0.5, 12);
    expect(coverage.share(0.25, 0.25, 0.75, 0.75)).toBeCloseTo(1, 12);
    expect(coverage.share(-1, 0, 1, 1)).toBeCloseTo(0.5, 12);
    expect(coverage.share(1.5, 1.5, 3.5, 3.5)).toBeCloseTo(0.25 / 4, 12);
  });
});

import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openSlide } from '../../../src/slides/open.js';
import { axisTaps } from '../../../src/slides/resample.js';
import { encoded, paint, ramp, scratchFolder } from './fixtures.js';

const folder = scratchFolder();

describe('read', () => {
  it('shows the background beyond every edge', async () => {
    const path = join(folder, 'dark.png');
    await paint(10, 6, () => [10, 20, 30]).png().toFile(path);
    const slide = await openSlide(path);
    const pixels = await slide.read({ x: -4, y: -3, width: 20, height: 12 }, { width: 20, height: 12 });
    for (let y = 0; y < 12; y++) {
      for (let x = 0; x < 20; x++) {
        const inside = x >= 4 && x < 14 && y >= 3 && y < 9;
        expect([...pixels.subarray((y * 20 + x) * 3, (y * 20 + x) * 3 + 3)], `${x},${y}`).toEqual(inside ? [10, 20, 30] : [255, 255, 255]);
      }
    }
    expect(new Set(await slide.read({ x: 100, y: 100, width: 5, height: 5 }, { width: 3, height: 3 }))).toEqual(new Set([255]));
  });

  it('resamples at the edges without mixing the background in', async () => {
    const path = join(folder, 'even.png');
    await paint(30, 30, () => [40, 90, 140]).png().toFile(path);
    const slide = await openSlide(path);
    for (const size of [7, 30, 64]) {
      const pixels = await slide.read({ x: 0, y: 0, width: 30, height: 30 }, { width: size, height: size });
      expect([...pixels]).toEqual(Array.from({ length: size * size }, () => [40, 90, 140]).flat());
    }
  });

  it('meets fractional coordinates: a ramp keeps its values at any offset and scale', async () => {
    const path = join(folder, 'ramp.png');
    await paint(256, 256, ramp(256, 256)).png().toFile(path);
    const slide = await openSlide(path);
    for (const [x, y, edge, size] of [[20.3, 40.7, 100, 100], [33.25, 10.5, 150.5, 64], [50, 60, 33.3, 90]]) {
      const pixels = await slide.read({ x, y, width: edge, height: edge }, { width: size, height: size });
      for (let v = 0; v < size; v += 7) {
        for (let u = 0; u < size; u += 7) {
          expect(Math.abs(pixels[(v * size + u) * 3] - ((x + ((u + 0.5) * edge) / size) / 256) * 255)).toBeLessThanOrEqual(1);
          expect(Math.abs(pixels[(v * size + u) * 3 + 1] - ((y + ((v + 0.5) * edge) / size) / 256) * 255)).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('does not alias: a fine chequerboard shrinks to grey', async () => {
    const path = join(folder, 'chequer.png');
    await paint(120, 120, (x, y) => ((x + y) % 2 === 0 ? [0, 0, 0] : [255, 255, 255])).png().toFile(path);
    const pixels = await (await openSlide(path)).read({ x: 0, y: 0, width: 120, height: 120 }, { width: 17, height: 17 });
    for (const value of pixels) expect(Math.abs(value - 127.5)).toBeLessThanOrEqual(6);
  });

  it('reads one pixel, once or a hundred times', async () => {
    const path = join(folder, 'pixel.png');
    await paint(1, 1, () => [1, 2, 3]).png().toFile(path);
    const slide = await openSlide(path);
    expect([...(await slide.read({ x: 0, y: 0, width: 1, height: 1 }, { width: 1, height: 1 }))]).toEqual([1, 2, 3]);
    const large = await slide.read({ x: 0, y: 0, width: 1, height: 1 }, { width: 10, height: 10 });
    expect(new Set(large)).toEqual(new Set([1, 2, 3]));
  });

  it('reads what is too large to decode at once in bands, with the same pixels', async () => {
    const path = join(folder, 'large.tif');
    const small = await paint(250, 200, encoded).png().toBuffer();
    await sharp(small).resize(5000, 4000, { kernel: 'nearest' }).tiff({ tile: true, compression: 'jpeg', quality: 90 }).toFile(path);
    const slide = await openSlide(path);
    const whole = await slide.read({ x: 0, y: 0, width: 5000, height: 4000 }, { width: 125, height: 100 });
    const rows = await slide.read({ x: 0, y: 1600, width: 5000, height: 2400 }, { width: 125, height: 60 });
    expect(Buffer.compare(Buffer.from(rows), Buffer.from(whole.subarray(125 * 40 * 3)))).toBe(0);
  });
});

describe('axisTaps', () => {
  it('weighs to one, within the source', () => {
    for (const [length, offset, extent, count] of [[100, 0, 100, 33], [100, -5, 50, 80], [3, 0.4, 2, 9], [1, 0, 1, 5]]) {
      const taps = axisTaps(length, offset, extent, count);
      for (let i = 0; i < count; i++) {
        const sum = taps.weights.subarray(i * taps.span, (i + 1) * taps.span).reduce((a, b) => a + b, 0);
        if (taps.first[i] < 0) expect(sum).toBe(0);
        else expect(sum).toBeCloseTo(1, 5);
      }
      expect(taps.start).toBeGreaterThanOrEqual(0);
      expect(taps.end).toBeLessThanOrEqual(length);
    }
  });
});

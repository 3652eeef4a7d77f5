import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSlide } from '../../../../src/slides/open.js';
import { findOpenSlide } from '../../../../src/slides/openslide/library.js';
import type { Picture } from '../../../fixtures/slides/levels.js';
import { reduced } from '../../../fixtures/slides/levels.js';
import { scannerSlides } from '../../../fixtures/slides/index.js';
import { scratchFolder } from '../fixtures.js';

const folder = scratchFolder();
const { library } = await findOpenSlide();

/** Smooth, so that JPEG keeps it within few grey levels, and nowhere the same as a pixel beside. */
const picture: Picture = { width: 1024, height: 512, colour: (x, y) => [x >> 2, y >> 1, 255 - (x >> 3) - (y >> 3)] };

describe.skipIf(!library)('slides of scanners, through OpenSlide: skipped where it is not installed', () => {
  it.each(Object.entries(scannerSlides))('%s: facts, and every pixel of level 0 and of the last level', async (name, { write, vendor, exact }) => {
    const slide = await openSlide(await write(mkdtempSync(join(folder, 'slide-')), picture));
    const ours = name.endsWith('NDPI');
    expect(slide).toMatchObject({ format: ours ? 'hamamatsu-ndpi' : `openslide (${vendor})`, objectivePower: 40 });
    expect(slide.mpp!.x).toBeCloseTo(0.25, 6);
    expect(slide.mpp!.y).toBeCloseTo(0.25, 6);
    expect(slide.levels[0]).toMatchObject({ width: 1024, height: 512 });
    expect(slide.levels.map(({ downsample }) => downsample)).toEqual(expect.arrayContaining(name.endsWith('VMU') ? [1, 4] : [1, 2, 4]));
    for (const { width, height, downsample } of slide.levels.filter((level) => level.downsample === 1 || level.downsample === 4)) {
      const { colour } = reduced(picture, downsample);
      const pixels = await slide.read({ x: 0, y: 0, width: 1024, height: 512 }, { width, height });
      let worst = 0;
      for (let i = 0; i < width * height; i++) for (const [c, value] of colour(i % width, Math.floor(i / width)).entries()) worst = Math.max(worst, Math.abs(pixels[3 * i + c] - value));
      expect(worst, `level of ${width} px`).toBeLessThanOrEqual(exact ? 0 : 6);
    }
    await slide.close();
  });
});

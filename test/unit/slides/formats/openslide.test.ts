import { copyFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readAssociated } from '../../../../src/slides/associated.js';
import type { Slide } from '../../../../src/slides/contract.js';
import { openOrThroughOpenSlide, openWithOpenSlide } from '../../../../src/slides/formats/openslide.js';
import { openSlide } from '../../../../src/slides/open.js';
import { findOpenSlide, search } from '../../../../src/slides/openslide/library.js';
import { HardmineError } from '../../../../src/shared/errors.js';
import { encoded, paint, scratchFolder, shared } from '../fixtures.js';

const { library } = await findOpenSlide();
const scratch = scratchFolder();
const svs = shared('data/slides/CMU-1-Small-Region.svs');

afterEach(() => {
  delete process.env.MIL_PREFER_OPENSLIDE;
});

// The formats that OpenSlide alone reads have a test of their own (scanners.test.ts); here are files that ours read as well.
describe.skipIf(!library)('through OpenSlide: skipped where it is not installed', () => {
  test('a generic tiled TIFF: every pixel, beyond the edge and side by side', async () => {
    const path = join(scratch, 'tiled "ü".tif');
    await paint(2300, 700, encoded).tiff({ tile: true, tileWidth: 256, tileHeight: 256, compression: 'none', pyramid: true }).toFile(path);
    await using(await openWithOpenSlide(path), async (slide) => {
      expect(slide.format).toBe('openslide (generic-tiff)');
      expect(slide.levels[0]).toEqual({ width: 2300, height: 700, downsample: 1 });
      await using(await openSlide(path), async (own) => {
        expect(own.format).toBe('pyramidal-tiff');
        expect(own.levels).toEqual(slide.levels);
        for (const [region, size] of [
          [{ x: 0, y: 0, width: 2300, height: 700 }, { width: 2300, height: 700 }],
          [{ x: -5, y: 690, width: 40, height: 40 }, { width: 40, height: 40 }],
          [{ x: 100, y: 20, width: 1600, height: 600 }, { width: 400, height: 150 }],
        ] as const) {
          expect(Buffer.compare(Buffer.from(await slide.read(region, size)), Buffer.from(await own.read(region, size)))).toBe(0);
        }
        const many = await Promise.all(Array.from({ length: 40 }, (_, i) => slide.read({ x: i * 50, y: i * 10, width: 64, height: 64 }, { width: 64, height: 64 })));
        expect([...many[39].subarray(0, 3)]).toEqual(encoded(1950, 390));
      });
    });
  });

  test.skipIf(!svs)('an Aperio slide has the pixels and the facts of our own reader: skipped without the shared data', async () => {
    process.env.MIL_PREFER_OPENSLIDE = '1';
    const slide = await openSlide(svs!);
    const label = await readAssociated(svs!, 'label');
    delete process.env.MIL_PREFER_OPENSLIDE;
    const ownLabel = await readAssociated(svs!, 'label');
    expect(label).toMatchObject({ width: ownLabel!.width, height: ownLabel!.height });
    expect(Buffer.compare(Buffer.from(label!.pixels), Buffer.from(ownLabel!.pixels))).toBe(0);
    const own = await openSlide(svs!);
    expect(slide).toMatchObject({ format: 'openslide (aperio)', mpp: own.mpp, objectivePower: own.objectivePower });
    expect([...slide.associated].sort()).toEqual([...own.associated].sort());
    const region = { x: 301, y: 1207, width: 1300, height: 900 };
    expect(Buffer.compare(Buffer.from(await slide.read(region, region)), Buffer.from(await own.read(region, region)))).toBe(0);
    await slide.close();
    await own.close();
    await expect(slide.read(region, region)).rejects.toMatchObject({ code: 'slide-unreadable' });
  });

  test.skipIf(!svs)('a slide that fails is reported, and read on where it can be: skipped without the shared data', async () => {
    const path = join(mkdtempSync(join(scratch, 'cut-')), 'slide.svs');
    copyFileSync(svs!, path);
    const slide = await openWithOpenSlide(path);
    const size = { width: 240, height: 240 };
    const first = await slide.read({ x: 0, y: 0, ...size }, size);
    // What the tiles hold is gone, not where they are.
    const bytes = readFileSync(path);
    bytes.fill(0, 600_000, 900_000);
    writeFileSync(path, bytes);
    const whole = await slide.read({ x: 0, y: 0, ...slide.levels[0] }, { width: 600, height: 800 }).then(() => undefined, (error: unknown) => error);
    expect(whole).toMatchObject({ code: 'slide-unreadable', message: expect.stringContaining('OpenSlide') });
    expect(Buffer.compare(Buffer.from(await slide.read({ x: 0, y: 0, ...size }, size)), Buffer.from(first))).toBe(0);
    await slide.close();
  });

  test('what it does not know, or cannot open', async () => {
    const path = join(scratch, 'notes.txt');
    writeFileSync(path, 'no slide');
    await expect(openWithOpenSlide(path)).rejects.toMatchObject({ code: 'slide-format' });
    const tiff = join(scratch, 'cut.tif');
    await paint(600, 600, encoded).tiff({ tile: true, compression: 'none' }).toFile(tiff);
    truncateSync(tiff, 5000);
    await expect(openWithOpenSlide(tiff)).rejects.toBeInstanceOf(HardmineError);
  });

  test('our own reader comes first; what it refuses goes to OpenSlide, what is damaged does not', async () => {
    const path = join(scratch, 'known.tif');
    await paint(300, 300, encoded).tiff({ tile: true, compression: 'none' }).toFile(path);
    const failing = (code: 'slide-format' | 'slide-unreadable') => () => Promise.reject(new HardmineError(code, 'Refused.'));
    // A plain TIFF is refused for what it holds: OpenSlide would show a channel of it.
    await expect(openOrThroughOpenSlide(path, failing('slide-format'))).rejects.toThrow('Refused.');
    if (!svs) return;
    await using(await openOrThroughOpenSlide(svs, failing('slide-format')), (slide) => Promise.resolve(expect(slide.format).toBe('openslide (aperio)')));
    await expect(openOrThroughOpenSlide(svs, failing('slide-unreadable'))).rejects.toThrow('Refused.');
  });
});

test('a slide that nothing reads says what would: a MIRAX file is not shown as the preview it begins with', async () => {
  const path = join(scratch, 'slide.mrxs');
  await paint(64, 64, encoded).jpeg().toFile(path);
  await expect(openSlide(path)).rejects.toMatchObject({ code: 'slide-format', message: expect.stringContaining('MIRAX'), remedy: expect.stringContaining('MIL_OPENSLIDE_PATH') });
});

test('the library is looked for where MIL_OPENSLIDE_PATH says, and there alone', async () => {
  expect((await search(join(scratch, 'nowhere.so'))).problem).toContain('nowhere.so, which does not load');
  expect((await search(scratch)).problem).toContain('nothing there');
  writeFileSync(join(scratch, 'libopenslide.so.0'), 'no library');
  expect((await search(join(scratch, 'libopenslide.so.0'))).library).toBeUndefined();
});

async function using(slide: Slide, look: (slide: Slide) => Promise<unknown>): Promise<void> {
  try {
    await look(slide);
  } finally {
    await slide.close();
  }
}

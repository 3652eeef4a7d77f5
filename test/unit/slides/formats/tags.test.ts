import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Slide } from '../../../../src/slides/contract.js';
import { slideInfo } from '../../../../src/slides/info.js';
import { openSlide } from '../../../../src/slides/open.js';
import { openTiffSlide } from '../../../../src/slides/tiff/open.js';
import { encoded, scratchFolder } from '../fixtures.js';
import { writeTiff, type TiffPage } from '../tiff.js';

const folder = scratchFolder();
const page = (more: Partial<TiffPage> = {}): TiffPage => ({ width: 200, height: 150, colour: encoded, ...more });

/** Every pixel of the page, read at once, is what was painted. */
async function expectPainted(slide: Slide, { width, height, colour }: TiffPage): Promise<void> {
  const pixels = await slide.read({ x: 0, y: 0, width, height }, { width, height });
  const painted = Buffer.from(Array.from({ length: width * height }, (_, i) => colour(i % width, Math.floor(i / width))).flat());
  expect(Buffer.compare(Buffer.from(pixels), painted)).toBe(0);
  await slide.close();
}

describe('layouts of TIFF', () => {
  const layouts = [{}, { big: true }, { bigEndian: true }, { big: true, bigEndian: true }];
  const pages: Readonly<Record<string, TiffPage>> = {
    'tiles': page({ tile: 64 }),
    'strips': page({ rowsPerStrip: 32 }),
    'one strip': page(),
    'deflated tiles': page({ tile: 64, compression: 8, pack: (block) => deflateSync(block) }),
    'one tile': page({ width: 40, height: 30, tile: 64 }),
    'one pixel': page({ width: 1, height: 1, tile: 16 }),
  };
  it.each(layouts.flatMap((layout) => Object.keys(pages).map((name) => [name, layout] as const)))('reads %s of %o', async (name, layout) => {
    await expectPainted(await openSlide(writeTiff(join(folder, 'layout.tif'), [pages[name]], layout)), pages[name]);
  });

  it('shows tiles that the file leaves out as background', async () => {
    const slide = await openSlide(writeTiff(join(folder, 'sparse.tif'), [page({ tile: 64, pack: (block, index) => (index === 1 ? Buffer.alloc(0) : block) })]));
    const pixels = await slide.read({ x: 60, y: 10, width: 80, height: 1 }, { width: 80, height: 1 });
    expect([...pixels.subarray(3 * 3, 5 * 3)]).toEqual([...encoded(63, 10), 255, 255, 255]);
    expect([...pixels.subarray(67 * 3, 69 * 3)]).toEqual([255, 255, 255, ...encoded(128, 10)]);
    await slide.close();
  });

  it('reads grey, and grey whose zero is white', async () => {
    for (const [photometric, value] of [[1, 7], [0, 248]]) {
      const slide = await openSlide(writeTiff(join(folder, 'grey.tif'), [page({ samples: 1, photometric, colour: () => [7, 0, 0], tile: 64 })]));
      expect(new Set(await slide.read({ x: 3, y: 3, width: 9, height: 9 }, { width: 9, height: 9 }))).toEqual(new Set([value]));
      await slide.close();
    }
  });

  it.each([
    [2, [25400, 1], [50800, 1], { x: 1, y: 0.5 }],
    [3, [40000, 1], [80000, 2], { x: 0.25, y: 0.25 }],
    [2, [0, 0], [1, 1], undefined],
    [3, [28, 1], [28, 1], undefined],
  ] as const)('takes µm/px from the resolution of unit %i, %j, %j', async (unit, x, y, mpp) => {
    const slide = await openSlide(writeTiff(join(folder, 'resolution.tif'), [page({ resolution: { unit, x, y } })]));
    expect(slide.mpp).toEqual(mpp);
    await slide.close();
  });

  it('notes a colour profile and says compression and scanner', async () => {
    const path = writeTiff(join(folder, 'profile.svs'), [page({ tile: 64, extra: { 34675: Buffer.alloc(200, 1) }, description: 'Aperio Image Library v12|MPP = 0.25|AppMag = 40' })]);
    expect(await slideInfo(path)).toMatchObject({ icc: true, vendor: 'Aperio', compression: 'none', objectivePower: 40 });
  });

  it('refuses scanners whose layout is their own', async () => {
    const path = writeTiff(join(folder, 'slide.scn.tif'), [page({ description: '<scn xmlns="http://www.leica-microsystems.com/scn/2010/10/01"/>' })]);
    await expect(openTiffSlide(path)).rejects.toMatchObject({ code: 'slide-format', what: expect.stringContaining('Leica SCN'), remedy: expect.stringContaining('OpenSlide') });
  });
});

describe('hostile tags', () => {
  const failing = async (name: string, more: Partial<TiffPage>): Promise<unknown> => {
    const path = writeTiff(join(folder, `${name}.tif`), [page(more)]);
    return openSlide(path).then(async (slide) => {
      try {
        return await slide.read({ x: 0, y: 0, width: 50, height: 50 }, { width: 50, height: 50 });
      } finally {
        await slide.close();
      }
    });
  };

  it.each([
    ['a tile list that is too short', { tile: 64, width: 200_000, height: 200_000, colour: () => [0, 0, 0], pack: () => Buffer.alloc(3) } as Partial<TiffPage>],
    ['tiles cut short', { tile: 64, pack: (block: Buffer) => block.subarray(0, 100) } as Partial<TiffPage>],
    ['damaged deflate', { tile: 64, compression: 8, pack: () => Buffer.alloc(50, 7) } as Partial<TiffPage>],
    ['LZW codes never defined', { tile: 64, compression: 5, pack: () => Buffer.alloc(50, 0xff) } as Partial<TiffPage>],
    ['JPEG that is none', { tile: 64, compression: 7, pack: () => Buffer.alloc(50, 0xff) } as Partial<TiffPage>],
  ])('says so: %s', async (name, more) => {
    if (name.startsWith('a tile list')) more = { ...more, width: 64, height: 64 };
    await expect(failing(name.replaceAll(' ', '-'), more)).rejects.toMatchObject({ code: 'slide-unreadable' });
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tilingSchema } from '../../../src/shared/experiment/data.js';
import type { Region } from '../../../src/shared/units.js';
import { emptyGridDiagnostic } from '../../../src/slides/empty-grid.js';
import { buildTileGrid, windowsOf } from '../../../src/slides/grid.js';
import { slideTiles } from '../../../src/slides/info.js';
import { openSlide } from '../../../src/slides/open.js';
import { readPatches } from '../../../src/slides/patches.js';
import { encoded, paint, ramp, scratchFolder, shared } from './fixtures.js';

const folder = scratchFolder();
const everything = (mpp: number, size: number, overlap = 0) => tilingSchema.parse({ mpp, size, overlap, tissue: { method: 'none' } });

async function image(name: string, width: number, height: number, colour: Parameters<typeof paint>[2]) {
  const path = join(folder, name);
  await paint(width, height, colour).png().toFile(path);
  return openSlide(path);
}

describe('buildTileGrid', () => {
  it('starts at the corner, row by row, and never reaches beyond an edge', async () => {
    const grid = await buildTileGrid(await image('a.png', 100, 70, encoded), 0.5, everything(0.5, 32));
    expect(grid.size0).toBe(32);
    expect([...grid.x]).toEqual([0, 32, 64, 0, 32, 64]);
    expect([...grid.y]).toEqual([0, 0, 0, 32, 32, 32]);
    expect([...grid.tissue]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('takes what fits exactly, whatever the resolution', async () => {
    const slide = await image('b.png', 300, 300, encoded);
    expect((await buildTileGrid(slide, 0.1, everything(0.3, 20))).x).toHaveLength(25);
    expect((await buildTileGrid(slide, 0.55, everything(0.55, 30))).x).toHaveLength(100);
    expect((await buildTileGrid(slide, 0.25, everything(0.5, 64))).size0).toBe(128);
  });

  it('moves by size less overlap', async () => {
    const grid = await buildTileGrid(await image('c.png', 64, 32, encoded), 1, everything(1, 32, 16));
    expect([...grid.x]).toEqual([0, 16, 32]);
  });

  it('keeps patches with enough tissue', async () => {
    const slide = await image('d.png', 256, 128, (x) => (x < 96 ? [200, 90, 160] : [244, 244, 244]));
    const grid = await buildTileGrid(slide, 4, tilingSchema.parse({ mpp: 4, size: 64, tissue: { mpp: 4, minFraction: 0.4 } }));
    expect([...grid.x]).toEqual([0, 64, 0, 64]);
    expect(grid.tissue[0]).toBeCloseTo(1, 5);
    expect(grid.tissue[1]).toBeCloseTo(0.5, 1);
    const strict = await buildTileGrid(slide, 4, tilingSchema.parse({ mpp: 4, size: 64, tissue: { mpp: 4, minFraction: 0.9 } }));
    expect([...strict.x]).toEqual([0, 0]);
  });

  it('reaches over the far edges where asked, and leaves no pixel uncut', async () => {
    const slide = await image('partial.png', 100, 70, encoded);
    const options = tilingSchema.parse({ mpp: 1, size: 32, partial: true, tissue: { method: 'none', minFraction: 0 } });
    const grid = await buildTileGrid(slide, 1, options);
    expect([...grid.x]).toEqual([0, 32, 64, 96, 0, 32, 64, 96, 0, 32, 64, 96]);
    expect([...new Set(grid.y)]).toEqual([0, 32, 64]);
    expect(grid.tissue[3]).toBeCloseTo(4 / 32, 5);
    for await (const { index, pixels } of readPatches(slide, grid)) {
      const expected = Array.from({ length: 32 * 32 }, (_, i) => [grid.x[index] + (i % 32), grid.y[index] + Math.floor(i / 32)]).flatMap(([x, y]) => (x < 100 && y < 70 ? encoded(x, y) : [255, 255, 255]));
      expect(Buffer.compare(Buffer.from(pixels), Buffer.from(expected)), `patch ${index}`).toBe(0);
    }
    expect((await buildTileGrid(slide, 1, { ...options, overlap: 16 })).x).toHaveLength(6 * 4);
    expect((await buildTileGrid(await image('exact.png', 96, 64, encoded), 1, options)).x).toHaveLength(6);
    expect((await buildTileGrid(await image('less.png', 20, 10, encoded), 1, options)).x).toHaveLength(1);
  });

  it('knows the count before a pixel is read finer than tissue is looked for, whatever size, overlap and resolution', async () => {
    const slide = await image('estimate.png', 1600, 1200, (x, y) => ((x - 700) ** 2 + (y - 600) ** 2 < 480 ** 2 ? [200, 110, 170] : [244, 244, 244]));
    const finest: number[] = [];
    const watched = { ...slide, levels: slide.levels, read: (region: Region, size: { width: number; height: number }) => (finest.push(region.width / size.width), slide.read(region, size)) };
    for (const size of [24, 64, 97]) {
      for (const overlap of [0, 7, size >> 1]) {
        for (const mpp of [0.5, 0.73, 2]) {
          const options = tilingSchema.parse({ mpp, size, overlap });
          const { columns, rows } = windowsOf(watched as never, 0.5, options);
          expect((await buildTileGrid(slide, 0.5, { ...options, tissue: { ...options.tissue, method: 'none' } })).x).toHaveLength(columns * rows);
          const count = (await buildTileGrid(watched as never, 0.5, options)).x.length;
          let cut = 0;
          for await (const { pixels } of readPatches(slide, await buildTileGrid(slide, 0.5, options))) cut += pixels.length === 3 * size * size ? 1 : 0;
          expect(cut).toBeGreaterThan(0);
          // Exactly as many, which is within a per cent.
          expect(count).toBe(cut);
        }
      }
    }
    expect(Math.min(...finest)).toBeGreaterThanOrEqual(15.9);
  });

  it('explains an empty grid', async () => {
    const small = await image('small.png', 20, 20, encoded);
    const none = await buildTileGrid(small, 0.5, everything(0.5, 32));
    expect(none.x).toHaveLength(0);
    expect(emptyGridDiagnostic(small, none, everything(0.5, 32), 's1')).toMatchObject({ severity: 'error', code: 'slide-no-tissue', message: expect.stringMatching(/20 × 20.*32 × 32/), place: { slide: 's1' } });
    const blank = await image('blank.png', 200, 200, () => [243, 244, 242]);
    const whole = tilingSchema.parse({ size: 32 });
    const empty = await buildTileGrid(blank, 0.5, whole);
    expect(emptyGridDiagnostic(blank, empty, whole)).toMatchObject({ code: 'slide-no-tissue', message: expect.stringContaining('tissue') });
    const full = await buildTileGrid(blank, 0.5, everything(0.5, 32));
    expect(emptyGridDiagnostic(blank, full, everything(0.5, 32))).toBeUndefined();
    // Where patches may reach over the edge, a small image has one; it is the tissue that is missing.
    const partial = { ...everything(0.5, 64), partial: true };
    const nearly = await buildTileGrid(small, 0.5, partial);
    expect(emptyGridDiagnostic(small, nearly, partial)).toMatchObject({ message: expect.stringContaining('beyond the slide'), remedy: expect.stringContaining('minFraction') });
    const pixel = await image('pixel.png', 1, 1, () => [200, 20, 120]);
    expect((await buildTileGrid(pixel, 0.5, tilingSchema.parse({ size: 8 }))).x).toHaveLength(0);
  });
});

describe('readPatches', () => {
  it('cuts every patch where the grid says, to the pixel', async () => {
    const slide = await image('e.png', 700, 300, encoded);
    const grid = await buildTileGrid(slide, 0.5, everything(0.5, 64, 13));
    const seen: number[] = [];
    for await (const { index, pixels } of readPatches(slide, grid)) {
      seen.push(index);
      const expected = Array.from({ length: 64 * 64 }, (_, i) => encoded(grid.x[index] + (i % 64), grid.y[index] + Math.floor(i / 64))).flat();
      expect(Buffer.compare(Buffer.from(pixels), Buffer.from(expected)), `patch ${index}`).toBe(0);
    }
    expect(seen).toEqual(Array.from(grid.x, (_, i) => i));
  });

  it('goes on from a patch within a row', async () => {
    const slide = await image('f.png', 200, 100, encoded);
    const grid = await buildTileGrid(slide, 1, everything(1, 20));
    const later: number[] = [];
    for await (const { index, pixels } of readPatches(slide, grid, { from: 13 })) {
      later.push(index);
      expect([...pixels.subarray(0, 3)]).toEqual(encoded(grid.x[index], grid.y[index]));
    }
    expect(later[0]).toBe(13);
    expect(later).toHaveLength(grid.x.length - 13);
  });

  it('resamples to the requested resolution, the same as reading each patch alone', async () => {
    const slide = await image('g.png', 500, 400, ramp(500, 400));
    for (const mpp of [0.3, 0.5, 0.5001, 0.77, 1, 2.3]) {
      const grid = await buildTileGrid(slide, 0.5, everything(mpp, 40));
      expect(grid.x.length).toBeGreaterThan(0);
      for await (const { index, pixels } of readPatches(slide, grid)) {
        expect(pixels).toHaveLength(40 * 40 * 3);
        const alone = await slide.read({ x: grid.x[index], y: grid.y[index], width: grid.size0, height: grid.size0 }, { width: 40, height: 40 });
        expect(pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - alone[i])), 0)).toBeLessThanOrEqual(1);
        const centre = grid.x[index] + (20.5 * grid.size0) / 40;
        expect(Math.abs(pixels[(20 * 40 + 20) * 3] - (centre / 500) * 255)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('reads across small gaps and around large ones', async () => {
    const slide = await image('h.png', 640, 16, encoded);
    const columns = [0, 1, 4, 20, 21, 39];
    const grid = { size0: 16, size: 16, mpp: 1, x: Float64Array.from(columns, (c) => c * 16), y: new Float64Array(6), tissue: new Float32Array(6).fill(1) };
    for await (const { index, pixels } of readPatches(slide, grid)) expect([...pixels.subarray(0, 3)]).toEqual(encoded(grid.x[index], 0));
    const odd = { ...grid, x: Float64Array.from([0, 16.5, 40.25, 300, 301, 302]) };
    let count = 0;
    for await (const { index, pixels } of readPatches(slide, odd)) {
      count++;
      const alone = await slide.read({ x: odd.x[index], y: 0, width: 16, height: 16 }, { width: 16, height: 16 });
      expect(pixels).toEqual(alone);
    }
    expect(count).toBe(6);
  });

  it('stops at a damaged strip with its error', async () => {
    const slide = await image('i.png', 64, 64, encoded);
    const grid = await buildTileGrid(slide, 1, everything(1, 16));
    const failing = { ...slide, levels: slide.levels, read: (region: { y: number }, size: { width: number; height: number }) => (region.y < 32 ? Promise.resolve(new Uint8Array(size.width * size.height * 3)) : Promise.reject(new Error('damaged'))) };
    let read = 0;
    await expect(async () => {
      for await (const patch of readPatches(failing as never, grid)) read += patch.pixels.length > 0 ? 1 : 0;
    }).rejects.toThrow('damaged');
    expect(read).toBe(8);
  });
});

describe('slideTiles', () => {
  const svs = shared('data/slides/CMU-1-Small-Region.svs');
  it.skipIf(!svs)('lists the tiles of a real slide, on tissue alone', async () => {
    const tiles = await slideTiles(svs!, tilingSchema.parse({}));
    expect(tiles.size0).toBeCloseTo(224 * (0.5 / 0.499), 6);
    expect(tiles.count).toBe(tiles.tiles.length);
    expect(tiles.count).toBeGreaterThan(40);
    expect(tiles.count).toBeLessThan(80);
    for (const { x, y, tissue } of tiles.tiles) {
      expect(x + tiles.size0).toBeLessThanOrEqual(2220);
      expect(y + tiles.size0).toBeLessThanOrEqual(2967);
      expect(tissue).toBeGreaterThanOrEqual(0.25);
    }
    // The left edge is glass.
    expect(tiles.tiles.some(({ x, y }) => x < 200 && y > 1800)).toBe(false);
  });
});

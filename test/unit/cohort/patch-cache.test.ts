import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPatches, PatchStore, writePatches } from '../../../src/cohort/patch-cache.js';
import type { Slide, TileGrid } from '../../../src/slides/contract.js';
import { scratchFolder } from './fixtures.js';

const folder = scratchFolder();

/** A slide whose red is the column of the patch, green its row and blue its own number. */
function slideOf(number: number): Slide {
  return {
    path: `slide-${number}`,
    format: 'drawn',
    levels: [{ width: 400, height: 400, downsample: 1 }],
    mpp: undefined,
    vendor: undefined,
    compression: undefined,
    objectivePower: undefined,
    icc: false,
    associated: [],
    background: [255, 255, 255],
    read: (region, size) => Promise.resolve(Uint8Array.from({ length: size.width * size.height * 3 }, (_, i) => [(region.x + (Math.floor(i / 3) % size.width)) >> 2, region.y >> 2, number][i % 3])),
    close: () => Promise.resolve(),
  };
}

function gridOf(columns: number, rows: number): TileGrid {
  const places = Array.from({ length: columns * rows }, (_, i) => [(i % columns) * 4, Math.floor(i / columns) * 4]);
  return { size0: 4, size: 4, mpp: 1, x: Float64Array.from(places, ([x]) => x), y: Float64Array.from(places, ([, y]) => y), tissue: new Float32Array(places.length).fill(1) };
}

describe('PatchStore', () => {
  it('counts through many slides, empty ones too, more than may be open at once', async () => {
    const files = [];
    const expected: number[][] = [];
    for (let number = 0; number < 90; number++) {
      const grid = gridOf(number % 4, 2);
      const file = join(folder, `${number}.patches`);
      await writePatches(file, slideOf(number), grid);
      files.push({ file, count: grid.x.length });
      for (let i = 0; i < grid.x.length; i++) expected.push([grid.x[i] >> 2, grid.y[i] >> 2, number]);
    }
    const store = new PatchStore(4, files);
    expect(store.count).toBe(expected.length);
    const target = new Uint8Array(60).fill(9);
    for (let pass = 0; pass < 2; pass++) {
      for (let index = 0; index < store.count; index++) {
        store.read(index, target, 6);
        expect([...target.subarray(6, 9)]).toEqual(expected[index]);
        expect([...target.subarray(51, 54)]).toEqual(expected[index]);
      }
    }
    expect([target[5], target[54]]).toEqual([9, 9]);
    expect(() => store.read(store.count, target, 0)).toThrow(RangeError);
    store.close();
  });

  it('says when a file is cut short, and knows whole ones', async () => {
    const file = join(folder, 'short.patches');
    await writePatches(file, slideOf(1), gridOf(3, 1));
    expect(hasPatches({ file, count: 3 }, 4)).toBe(true);
    truncateSync(file, 100);
    expect(hasPatches({ file, count: 3 }, 4)).toBe(false);
    expect(hasPatches({ file: join(folder, 'absent'), count: 0 }, 4)).toBe(false);
    const store = new PatchStore(4, [{ file, count: 3 }]);
    store.read(1, new Uint8Array(48), 0);
    expect(() => store.read(2, new Uint8Array(48), 0)).toThrow(expect.objectContaining({ code: 'cache-damaged' }));
    store.close();
    expect(() => new PatchStore(4, [{ file: join(folder, 'absent'), count: 1 }]).read(0, new Uint8Array(48), 0)).toThrow(expect.objectContaining({ code: 'file-missing' }));
  });

  it('reports progress and leaves nothing of what was stopped', async () => {
    const done: number[] = [];
    const stop = writePatches(join(folder, 'stopped.patches'), slideOf(1), gridOf(3, 2), (count) => {
      done.push(count);
      if (count === 4) throw new Error('enough');
    });
    await expect(stop).rejects.toThrow('enough');
    expect(done).toEqual([1, 2, 3, 4]);
    expect(readdirSync(folder).filter((name) => name.startsWith('stopped'))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { TileCache } from '../../../../src/slides/pixels/tile-cache.js';

const tile = (bytes: number): Promise<Uint8Array> => Promise.resolve(new Uint8Array(bytes));
/** Waits until the cache knows what has been read. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the cache of tiles', () => {
  it('never holds more than its limit, and lets go of what was longest unused', async () => {
    const cache = new TileCache(1000);
    for (let i = 0; i < 50; i++) {
      cache.set(`${i}`, tile(300));
      await settled();
      expect(cache.bytes).toBe(Math.min(3, i + 1) * 300);
      // The first is used time and again.
      expect(await cache.get('0')).toHaveLength(300);
    }
    expect(Array.from({ length: 50 }, (_, i) => i).filter((i) => cache.get(`${i}`))).toEqual([0, 48, 49]);
  });

  it('does not keep a tile larger than all it may hold', async () => {
    const cache = new TileCache(1000);
    cache.set('small', tile(400));
    cache.set('large', tile(1001));
    await settled();
    expect(cache.bytes).toBe(400);
    expect(cache.get('large')).toBeUndefined();
    expect(await cache.get('small')).toHaveLength(400);
  });

  it('counts memory that tiles share once and whole, and lets go of them together', async () => {
    const cache = new TileCache(1000);
    const together = new Uint8Array(600);
    cache.set('left', Promise.resolve(together.subarray(0, 100)));
    cache.set('right', Promise.resolve(together.subarray(500)));
    await settled();
    expect(cache.bytes).toBe(600);
    cache.set('other', tile(600));
    await settled();
    expect(cache.bytes).toBe(600);
    expect([cache.get('left'), cache.get('right')]).toEqual([undefined, undefined]);
    expect(cache.get('other')).toBeDefined();
  });

  it('gives one that is still being read to all who ask, and forgets it where it fails or is left out', async () => {
    const cache = new TileCache(1000);
    const failing = Promise.reject(new Error('damaged'));
    cache.set('damaged', failing);
    cache.set('missing', Promise.resolve(undefined));
    expect(cache.get('damaged')).toBe(failing);
    await expect(cache.get('damaged')).rejects.toThrow('damaged');
    await settled();
    expect([cache.get('damaged'), cache.get('missing'), cache.bytes]).toEqual([undefined, undefined, 0]);
  });

  it('clears the tiles of one slide, with their memory', async () => {
    const cache = new TileCache(1000);
    const together = new Uint8Array(300);
    cache.set('1/a', Promise.resolve(together.subarray(0, 100)));
    cache.set('2/a', Promise.resolve(together.subarray(100)));
    cache.set('1/b', tile(200));
    let late!: (pixels: Uint8Array) => void;
    cache.set('1/late', new Promise<Uint8Array>((resolve) => (late = resolve)));
    await settled();
    cache.clear('1/');
    late(new Uint8Array(100));
    await settled();
    expect(cache.bytes).toBe(300);
    expect(await cache.get('2/a')).toHaveLength(200);
    expect([cache.get('1/a'), cache.get('1/b'), cache.get('1/late')]).toEqual([undefined, undefined, undefined]);
    cache.clear('2/');
    expect(cache.bytes).toBe(0);
  });
});

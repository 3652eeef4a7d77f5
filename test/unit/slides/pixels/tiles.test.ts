import { describe, expect, it } from 'vitest';
import { readPatches } from '../../../../src/slides/patches.js';
import { TilePixels, type TilePlace, type TileReader } from '../../../../src/slides/pixels/tiles.js';
import { PyramidSlide } from '../../../../src/slides/pyramid.js';
import { encoded } from '../fixtures.js';

const [tile, columns, rows] = [256, 9, 5];
const [width, height] = [columns * tile, rows * tile];

/** Tiles of a picture that says where each pixel lies; counts how often each is read. */
function countingReader(): { reader: TileReader; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  const read = ([column, row]: TilePlace): Uint8Array => {
    counts.set(`${column},${row}`, (counts.get(`${column},${row}`) ?? 0) + 1);
    const pixels = new Uint8Array(tile * tile * 3);
    for (let i = 0; i < tile * tile; i++) pixels.set(encoded(column * tile + (i % tile), row * tile + Math.floor(i / tile)), 3 * i);
    return pixels;
  };
  const reader = { tiles: [{ width: tile, height: tile }], readTiles: (_: number, places: readonly TilePlace[]) => Promise.resolve(places.map(read)), close: () => Promise.resolve() };
  return { reader, counts };
}

describe('tiles', () => {
  it.each([224, 256, 300])('are decoded once each, however patches of %i px lie over them, and every pixel is in its place', async (size) => {
    const { reader, counts } = countingReader();
    const slide = new PyramidSlide({ path: 'counted', format: 'test', levels: [{ width, height }] }, new TilePixels('counted', reader));
    const places = [];
    for (let y = 0; y + size <= height; y += size) for (let x = 0; x + size <= width; x += size) places.push({ x, y });
    const grid = { size0: size, size, mpp: 1, x: Float64Array.from(places, ({ x }) => x), y: Float64Array.from(places, ({ y }) => y), tissue: new Float32Array(places.length) };
    // Kept to the end: no patch may lie in memory that another is read into.
    const patches: Uint8Array[] = [];
    for await (const { pixels } of readPatches(slide, grid)) patches.push(pixels);
    for (const [i, { x, y }] of places.entries()) {
      const wrong = patches[i].findIndex((value, at) => value !== encoded(x + (Math.floor(at / 3) % size), y + Math.floor(at / 3 / size))[at % 3]);
      expect(wrong, `patch at ${x}, ${y}`).toBe(-1);
    }
    expect(new Set(counts.values())).toEqual(new Set([1]));
    await slide.close();
  });
});

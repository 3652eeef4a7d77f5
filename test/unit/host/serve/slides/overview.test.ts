import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { readOverview } from '../../../../../src/host/serve/slides/overview.js';
import { readTile } from '../../../../../src/host/serve/slides/tiles.js';
import { pyramidOf, tileAt } from '../../../../../src/shared/pyramid.js';
import type { Slide } from '../../../../../src/slides/contract.js';
import { openSlide } from '../../../../../src/slides/open.js';
import { paint } from '../../../slides/fixtures.js';
import { temporaryFolder } from '../../run/fixtures.js';

/** Waves of some hundred pixels: what is a pixel of a coarse level out of its place differs by tens of grey levels. */
function waves(x: number, y: number): [number, number, number] {
  return [128 + 120 * Math.sin(x / 23), 128 + 120 * Math.sin(y / 31), 128 + 120 * Math.sin((x + y) / 41)];
}

async function openWaves(width: number, height: number, pyramid: boolean): Promise<Slide> {
  const path = join(temporaryFolder(), 'slide.tiff');
  await paint(width, height, waves).tiff({ tile: true, tileWidth: 256, tileHeight: 256, pyramid, compression: 'deflate' }).toFile(path);
  return openSlide(path);
}

function differences(a: Uint8Array, b: Uint8Array): { readonly mean: number; readonly most: number } {
  const all = a.map((value, i) => Math.abs(value - b[i]));
  return { mean: all.reduce((sum, value) => sum + value, 0) / all.length, most: all.reduce((most, value) => Math.max(most, value), 0) };
}

it.each([
  ['without levels', false, 4187, 2901],
  ['with levels that leave out the last columns', true, 4187, 2901],
])('shows a slide %s as other reads do, each pixel in its place', async (_, pyramid, width, height) => {
  const slide = await openWaves(width, height, pyramid);
  const shape = pyramidOf(width, height);
  for (const [level, column, row] of [[0, 0, 0], [1, 0, 0], [1, 1, 0], [2, 2, 1]]) {
    const tile = tileAt(shape, level, column, row)!;
    const [exact, shown] = [await slide.read(tile.region, tile), await readOverview(slide, tile.region, tile)];
    expect(shown).toHaveLength(exact.length);
    const { mean, most } = differences(exact, shown);
    expect(mean).toBeLessThan(1.5);
    expect(most).toBeLessThan(20);
  }
  await slide.close();
});

it('gives the very pixels of other reads where little is shrunk', async () => {
  const slide = await openWaves(1300, 900, false);
  const region = { x: 100, y: 50, width: 1100, height: 800 };
  const size = { width: 367, height: 267 };
  expect(await readOverview(slide, region, size)).toEqual(await slide.read(region, size));
  await slide.close();
});

it('draws a tile once for all who ask for it at the same time, and again after it failed', async () => {
  const slide = await openWaves(900, 700, false);
  const read = vi.spyOn(slide, 'read');
  const [first, second] = await Promise.all([readTile(slide, 0, 0, 0), readTile(slide, 0, 0, 0)]);
  expect(second).toBe(first);
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRejectedValueOnce(new Error('the disk went away'));
  await expect(readTile(slide, 1, 0, 0)).rejects.toThrow('the disk went away');
  expect((await readTile(slide, 1, 0, 0)).length).toBeGreaterThan(0);
  await slide.close();
});

import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { levelScale } from '../../../src/slides/level-scale.js';
import { openSlide } from '../../../src/slides/open.js';
import { paint, scratchFolder } from './fixtures.js';

const folder = scratchFolder();

it.each([
  ['dropped rests', { width: 312, height: 231 }, 16, 16],
  ['padded rests', { width: 313, height: 232 }, 16, 16],
  ['blocks of three', { width: 1667, height: 1233 }, 3, 3],
])('takes a level for blocks of whole pixels: %s', (_name, level, x, y) => {
  expect(levelScale({ width: 5003, height: 3701 }, level)).toEqual({ x, y });
});

it('keeps the ratio where no blocks make the level', () => {
  expect(levelScale({ width: 5003, height: 3701 }, { width: 400, height: 296 })).toEqual({ x: 5003 / 400, y: 3701 / 296 });
});

it('finds an edge at its place through every level of a pyramid that dropped its rests', async () => {
  const path = join(folder, 'edge.tiff');
  const [width, height, edge] = [2559, 1031, 2399];
  await paint(width, height, (x) => (x < edge ? [255, 255, 255] : [0, 0, 0])).tiff({ tile: true, tileWidth: 256, tileHeight: 256, pyramid: true, compression: 'deflate' }).toFile(path);
  expect((await sharp(path).metadata()).pages).toBeGreaterThan(3);
  const slide = await openSlide(path);
  for (const scale of [1, 2, 4, 8]) {
    const count = Math.floor(width / scale);
    const pixels = await slide.read({ x: 0, y: 0, width: count * scale, height: scale }, { width: count, height: 1 });
    // All that is dark lies right of the edge.
    const dark = Array.from({ length: count }, (_, i) => (255 - pixels[i * 3]) / 255).reduce((sum, share) => sum + share, 0);
    expect((count - dark) * scale, `1/${scale}`).toBeCloseTo(edge, -0.5);
  }
});

it('shows the slide to its very edge, where a level ends before it', async () => {
  const path = join(folder, 'dark.tiff');
  await paint(1023, 767, () => [10, 20, 30]).tiff({ tile: true, tileWidth: 256, tileHeight: 256, pyramid: true, compression: 'deflate' }).toFile(path);
  const slide = await openSlide(path);
  for (const scale of [2, 4]) {
    const size = { width: Math.ceil(1023 / scale), height: Math.ceil(767 / scale) };
    const pixels = await slide.read({ x: 0, y: 0, width: 1023, height: 767 }, size);
    expect(new Set(pixels)).toEqual(new Set([10, 20, 30]));
  }
});

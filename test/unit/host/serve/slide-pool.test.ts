import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { SlidePool } from '../../../../src/host/serve/slide-pool.js';
import type { Slide } from '../../../../src/slides/contract.js';

const folder = mkdtempSync(path.join(tmpdir(), 'hardmine-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function picture(name: string, grey = 200): Promise<string> {
  const file = path.join(folder, name);
  await sharp({ create: { width: 32, height: 24, channels: 3, background: { r: grey, g: grey, b: grey } } }).png().toFile(file);
  return file;
}

const itself = async (slide: Slide): Promise<Slide> => slide;

it('gives all users of a file the same open slide', async () => {
  const pool = new SlidePool();
  const file = await picture('a.png');
  const [one, two] = await Promise.all([pool.use(file, itself), pool.use(file, itself)]);
  expect(one).toBe(two);
  expect(one.levels[0]).toMatchObject({ width: 32, height: 24 });
});

it('opens a slide anew that was replaced on disk', async () => {
  const pool = new SlidePool();
  const file = await picture('b.png', 10);
  const pixel = (slide: Slide) => slide.read({ x: 0, y: 0, width: 1, height: 1 }, { width: 1, height: 1 });
  expect((await pool.use(file, pixel))[0]).toBe(10);
  await picture('b.png', 90);
  utimesSync(file, new Date(), new Date(Date.now() + 5000));
  expect((await pool.use(file, pixel))[0]).toBe(90);
});

it('closes the slide longest unused, but never under a user', async () => {
  const pool = new SlidePool();
  const closed: string[] = [];
  const watch = async (slide: Slide): Promise<void> => {
    const close = slide.close.bind(slide);
    slide.close = () => {
      closed.push(path.basename(slide.path));
      return close();
    };
  };
  let release!: () => void;
  const busy = pool.use(await picture('s0.png'), async (slide) => {
    await watch(slide);
    await new Promise<void>((resolve) => (release = resolve));
  });
  for (let i = 1; i <= 9; i++) await pool.use(await picture(`s${i}.png`), watch);
  await new Promise(setImmediate);
  expect(closed).toEqual(['s1.png']);
  release();
  await busy;
  await new Promise(setImmediate);
  expect(closed).toEqual(['s1.png', 's0.png']);
});

it('asks again for a slide that could not be opened', async () => {
  const pool = new SlidePool();
  const file = path.join(folder, 'late.png');
  await expect(pool.use(file, itself)).rejects.toMatchObject({ code: 'slide-missing' });
  await picture('late.png');
  expect((await pool.use(file, itself)).levels).toHaveLength(1);
});

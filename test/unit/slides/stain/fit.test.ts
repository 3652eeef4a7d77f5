import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSlide } from '../../../../src/slides/open.js';
import { stainedLike, stainingOf } from '../../../../src/slides/stain/fit.js';
import { referenceStaining } from '../../../../src/slides/stain/reference.js';
import { publishedStaining } from '../../../../src/stain/staining.js';
import { paint, scratchFolder } from '../fixtures.js';

const folder = scratchFolder();
const dyes = { pale: [[0.62, 0.7, 0.35], [0.1, 0.93, 0.35]], strong: [[0.75, 0.6, 0.28], [0.22, 0.8, 0.5]] } as const;

/** Nuclei on stroma, glass on the right quarter, as two laboratories would stain it. */
async function stained(kind: keyof typeof dyes, strength: number, size = 640) {
  const path = join(folder, `${kind}-${strength}-${size}.png`);
  const [h, e] = dyes[kind];
  await paint(size, size, (x, y) => {
    if (x >= 0.75 * size) return [242, 242, 242];
    const nucleus = ((x % 13) - 6) ** 2 + ((y % 11) - 5) ** 2 < 12;
    const [ah, ae] = nucleus ? [1 + 0.02 * (x % 10), 0.02] : [0.02, 0.7 + 0.03 * (y % 10)];
    return [0, 1, 2].map((channel) => Math.round(242 * Math.exp(-strength * (ah * h[channel] + ae * e[channel])))) as [number, number, number];
  })
    .png()
    .toFile(path);
  return openSlide(path);
}
const everywhere = (width: number, height = width) => ({ width: 1, height: 1, scaleX: width, scaleY: height, data: Uint8Array.of(1) });
const difference = (a: Uint8Array, b: Uint8Array): number => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;

it.each(['macenko', 'vahadane'] as const)('shows one slide in the staining of another (%s)', async (method) => {
  const [one, other] = [await stained('pale', 0.8), await stained('strong', 1.3)];
  const reference = await stainingOf(one, 1, everywhere(640), method);
  const alike = stainedLike(other, await stainingOf(other, 1, everywhere(640), method), reference, method);
  const region = { x: 64, y: 32, width: 200, height: 100 };
  const [before, after, wanted] = [await other.read(region, region), await alike.read(region, region), await one.read(region, region)];
  expect(difference(before, wanted)).toBeGreaterThan(15);
  expect(difference(after, wanted)).toBeLessThan(4);
  expect(await other.read(region, region)).toEqual(before);
  expect({ ...alike, read: undefined, close: undefined }).toMatchObject({ path: other.path, levels: other.levels, mpp: other.mpp });
});

it('takes the published reference where no image is given, and else the image', async () => {
  expect(await referenceStaining(undefined, 'macenko')).toBe(publishedStaining);
  const slide = await stained('pale', 0.8);
  const [[h]] = [(await referenceStaining(slide.path, 'macenko')).vectors];
  expect(h[0]).toBeGreaterThan(0.6);
});

it('measures a slide that is too small for a field', async () => {
  const slide = await stained('pale', 0.8, 90);
  expect((await stainingOf(slide, 1, everywhere(90), 'macenko')).most[0]).toBeGreaterThan(0.5);
});

it('says so where nothing is stained', async () => {
  const path = join(folder, 'blank.png');
  await paint(300, 300, () => [240, 240, 240]).png().toFile(path);
  await expect(stainingOf(await openSlide(path), 1, everywhere(300), 'macenko')).rejects.toMatchObject({ code: 'stain-unmeasured', place: { file: path } });
});

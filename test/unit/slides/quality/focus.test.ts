import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { tilingSchema } from '../../../../src/shared/experiment/data.js';
import { openSlide } from '../../../../src/slides/open.js';
import { someFields, tissueFields } from '../../../../src/slides/quality/fields.js';
import { isBlurred } from '../../../../src/slides/quality/focus.js';
import { slideQuality } from '../../../../src/slides/quality/record.js';
import { findTissue } from '../../../../src/slides/tissue/mask.js';
import { paint, scratchFolder, shared } from '../fixtures.js';

const folder = scratchFolder();
const options = tilingSchema.parse({}).tissue;
const colon = shared('data/colon/img1.webp');

/** Nuclei on stroma: dark discs of 7 µm at 1 µm/px, the left part through a Gaussian of `sigma` µm. */
async function nuclei(name: string, sigma: number): Promise<string> {
  const path = join(folder, name);
  const sharpImage = await paint(1024, 512, (x, y) => (((x % 17) - 8) ** 2 + ((y % 19) - 9) ** 2 < 14 ? [110, 70, 140] : [215, 150, 195])).png().toBuffer();
  const left = await sharp(sharpImage).blur(sigma).extract({ left: 0, top: 0, width: 512, height: 512 }).png().toBuffer();
  await sharp(sharpImage).composite([{ input: left, left: 0, top: 0 }]).png().toFile(path);
  return path;
}

describe('focus', () => {
  it('rejects the half that is out of focus, where asked', async () => {
    const slide = await openSlide(await nuclei('half.png', 3));
    const kept = await findTissue(slide, 1, options);
    const rejected = await findTissue(slide, 1, { ...options, rejectBlur: true });
    expect(kept.share(0, 0, 1024, 512)).toBe(1);
    expect(rejected.share(0, 0, 512, 512)).toBe(0);
    expect(rejected.share(512, 0, 512, 512)).toBe(1);
    expect((await slideQuality(slide, 1, kept)).focus).toEqual({ fields: 32, blurred: 0.5 });
  });

  it('says nothing of what is even, nor of slides too coarse', async () => {
    expect(isBlurred(new Uint8Array(128 * 128 * 3).fill(180))).toBe(false);
    const slide = await openSlide(await nuclei('coarse.png', 3));
    const mask = await findTissue(slide, 2, { ...options, rejectBlur: true });
    expect(mask.share(0, 0, 1024, 512)).toBe(1);
    expect((await slideQuality(slide, 2, mask)).focus).toBeNull();
  });

  it('looks at fields side by side, and at the same few of many', async () => {
    const slide = await openSlide(await nuclei('fields.png', 3));
    const fields = tissueFields(slide, 0.5, await findTissue(slide, 0.5, options));
    expect(fields).toHaveLength(8);
    expect(fields[1]).toEqual({ x: 256, y: 0, size0: 256 });
    expect(someFields(fields, 4).map(({ x, y }) => [x, y])).toEqual([[256, 0], [768, 0], [256, 256], [768, 256]]);
    expect(someFields(fields, 100)).toEqual(fields);
  });

  it.skipIf(!colon)('tells real fields from their blurred selves', async () => {
    let [clear, blurred, seen] = [0, 0, 0];
    for (const number of [3, 16, 24, 43, 54, 79, 92]) {
      for (const sigma of [0, 3]) {
        const path = join(folder, `${number}-${sigma}.png`);
        const image = sharp(shared(`data/colon/img${number}.webp`)!).removeAlpha();
        await (sigma === 0 ? image : image.blur(sigma / 0.55)).png().toFile(path);
        const slide = await openSlide(path);
        const { focus } = await slideQuality(slide, 0.55, await findTissue(slide, 0.55, options));
        if (sigma === 0) clear += focus!.blurred * focus!.fields;
        else blurred += focus!.blurred * focus!.fields;
        if (sigma === 0) seen += focus!.fields;
      }
    }
    expect(seen).toBe(28);
    expect(clear).toBe(0);
    expect(blurred).toBeGreaterThanOrEqual(27);
  });
});

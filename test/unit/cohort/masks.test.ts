import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { CohortSlide } from '../../../src/cohort/contract.js';
import { createCutter } from '../../../src/cohort/cutting.js';
import { checkDrawn } from '../../../src/cohort/drawn.js';
import { tilingSchema } from '../../../src/shared/experiment/data.js';
import { openSlide } from '../../../src/slides/open.js';
import { paint, scratchFolder } from '../slides/fixtures.js';

const folder = scratchFolder();
mkdirSync(join(folder, 'masks'));
const tissue = { method: 'none', mpp: 1, minFraction: 0.6, masks: { folder: 'masks' } } as const;
const tiling = tilingSchema.parse({ mpp: 1, size: 32, tissue });
const row = (id: string): CohortSlide => ({ id, path: join(folder, `${id}.png`), label: 0, classes: [], patient: id, mpp: 1, line: 2 });
async function slide(id: string): Promise<CohortSlide> {
  await paint(320, 160, () => [205, 130, 180]).png().toFile(row(id).path);
  return row(id);
}
/** A mask with tissue between two columns, any number of pixels wide. */
const mask = (id: string, width: number, from: number, to: number, value = 255, ending = 'png') =>
  paint(width, width / 2, (x) => (x >= from && x < to ? [value, value, value] : [0, 0, 0])).toFormat(ending === 'png' ? 'png' : 'tiff').toFile(join(folder, 'masks', `${id}.${ending}`));
const columns = async (of: CohortSlide, options = tiling): Promise<number[]> => [...new Set((await createCutter(options, folder).cut(await openSlide(of.path), of)).grid.x)];

describe('masks', () => {
  it('say where tissue is, at any resolution and by any value but black', async () => {
    const one = await slide('one');
    await mask('one', 40, 4, 12);
    expect(await columns(one)).toEqual([32, 64]);
    const two = await slide('two');
    await mask('two', 1280, 256, 384, 1, 'tiff');
    expect(await columns(two)).toEqual([64]);
    const labels = await slide('labels');
    await sharp(Uint16Array.from({ length: 40 * 20 }, (_, i) => (i % 40 < 8 ? 1 : 0)), { raw: { width: 40, height: 20, channels: 1 } }).toColourspace('grey16').png().toFile(join(folder, 'masks', 'labels.png'));
    expect(await columns(labels)).toEqual([0, 32]);
    const large = await slide('large');
    await mask('large', 8192, 2048, 4096);
    expect(await columns(large)).toEqual([96, 128]);
  });

  it('leave of what the method finds, and of annotations, only what they cover', async () => {
    const three = await slide('three');
    await mask('three', 40, 4, 12);
    mkdirSync(join(folder, 'drawn'));
    writeFileSync(join(folder, 'drawn', 'three.geojson'), JSON.stringify({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [[[64, 0], [320, 0], [320, 160], [64, 160], [64, 0]]] }, properties: { classification: { name: 'Tumor' } } }));
    expect(await columns(three, tilingSchema.parse({ mpp: 1, size: 32, tissue: { ...tissue, method: 'otsu' } }))).toEqual([32, 64]);
    expect(await columns(three, tilingSchema.parse({ mpp: 1, size: 32, tissue: { ...tissue, annotations: { folder: 'drawn', include: ['Tumor'] } } }))).toEqual([64]);
  });

  it('are part of what the patches of a slide depend on', async () => {
    const four = await slide('four');
    const cutter = createCutter(tiling, folder);
    await mask('four', 40, 0, 12);
    const before = await cutter.hashOf(four);
    await mask('four', 40, 0, 13);
    expect(await cutter.hashOf(four)).not.toBe(before);
  });

  it('must be there, and be images of the whole slide', async () => {
    await expect(columns(await slide('none'))).rejects.toMatchObject({ code: 'annotations-invalid', place: { slide: 'none', file: join(folder, 'masks', 'none.png') } });
    await paint(40, 40, () => [255, 255, 255]).png().toFile(join(folder, 'masks', 'square.png'));
    await expect(columns(await slide('square'))).rejects.toMatchObject({ code: 'annotations-invalid', message: expect.stringContaining('another shape') });
    writeFileSync(join(folder, 'masks', 'broken.png'), 'no image');
    await sharp(join(folder, 'masks', 'one.png')).toColourspace('scrgb').tiff({ compression: 'none' }).toFile(join(folder, 'masks', 'float.tif'));
    await expect(columns(await slide('float'))).rejects.toMatchObject({ message: expect.stringContaining('type float') });
    expect(await checkDrawn([row('one'), row('none'), row('broken')], tiling.tissue, folder)).toMatchObject([
      { severity: 'error', message: 'This slide has no mask.', place: { slide: 'none' } },
      { severity: 'error', message: expect.stringContaining('cannot be read') },
    ]);
    expect(await checkDrawn([row('one')], { masks: { folder: 'nowhere' } }, folder)).toMatchObject([{ message: 'The folder of masks does not exist.' }]);
  });
});

import { copyFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { SlidePool } from '../../../../../src/host/serve/slide-pool.js';
import { slideAnswers } from '../../../../../src/host/serve/slides.js';
import { replaceJson } from '../../../../../src/shared/files.js';
import { pyramidOf } from '../../../../../src/shared/pyramid.js';
import { makeRun } from '../../../report/fixtures.js';
import { encoded, paint } from '../../../slides/fixtures.js';
import { temporaryFolder } from '../../run/fixtures.js';

const answers = slideAnswers(new SlidePool());

async function drawSlide(folder: string): Promise<string> {
  const path = join(folder, 'slide.tiff');
  await paint(1300, 700, encoded).tiff({ tile: true, tileWidth: 256, tileHeight: 256, pyramid: true, compression: 'deflate', xres: 2000, yres: 2000 }).toFile(path);
  return path;
}

it('describes a file', async () => {
  const path = await drawSlide(temporaryFolder());
  const { levels, ...facts } = await answers.describeSlide({ path });
  expect(facts).toEqual({ path, format: 'pyramidal-tiff', vendor: null, compression: 'Deflate', icc: false, width: 1300, height: 700, mpp: { x: 0.5, y: 0.5 }, objectivePower: null, associated: [] });
  expect(levels.slice(0, 2)).toEqual([{ width: 1300, height: 700, downsample: 1 }, { width: 650, height: 350, downsample: 2 }]);
});

it('reads the tiles of its pyramid, the last ones to the edge', async () => {
  const path = await drawSlide(temporaryFolder());
  const { lastLevel } = pyramidOf(1300, 700);
  expect(lastLevel).toBe(2);
  const sizes = async (level: number, column: number, row: number) => {
    const { width, height, format } = await sharp(await answers.readTile(path, level, column, row)).metadata();
    return [format, width, height];
  };
  expect(await sizes(2, 0, 0)).toEqual(['jpeg', 513, 513]);
  expect(await sizes(2, 1, 0)).toEqual(['jpeg', 514, 513]);
  expect(await sizes(2, 2, 1)).toEqual(['jpeg', 277, 189]);
  expect(await sizes(0, 0, 0)).toEqual(['jpeg', 325, 175]);
  await expect(answers.readTile(path, 2, 3, 0)).rejects.toMatchObject({ code: 'usage' });
});

it('keeps thumbnails, and draws a new one when the slide was replaced', async () => {
  const folder = temporaryFolder();
  const path = await drawSlide(folder);
  const cache = join(folder, 'thumbnails');
  const first = await answers.thumbnailFile(path, cache);
  expect(await sharp(first).metadata()).toMatchObject({ width: 320, height: 172 });
  expect(await answers.thumbnailFile(path, cache)).toBe(first);
  utimesSync(path, new Date(), new Date(Date.now() + 5000));
  expect(await answers.thumbnailFile(path, cache)).not.toBe(first);
  expect(readdirSync(cache)).toHaveLength(2);
  await expect(answers.thumbnailFile(join(folder, 'gone.tiff'), cache)).rejects.toMatchObject({ code: 'slide-missing' });
});

it('lists the slides of a run with what was predicted of them', async () => {
  const root = temporaryFolder();
  const slides = [
    { id: 'a', path: 'a.tiff', label: 1 },
    { id: 'b', path: '', label: 0 },
    { id: 'c', path: 'c.tiff', label: 1 },
  ] as const;
  const run = makeRun(root, slides, { rounds: 2, cohort: { classes: ['0', '1'] } });
  replaceJson(join(run, 'rounds/02/predictions.json'), [{ slide: 'b', split: 'validation', label: 0, probability: 0.3 }]);
  replaceJson(join(run, 'test-predictions.json'), [{ slide: 'a', split: 'test', label: 1, probability: 0.2 }]);
  const cohort = await answers.cohortOf(run);
  expect(cohort).toMatchObject({ name: 'fixture' });
  expect(cohort.slides).toMatchObject([
    { id: 'a', path: join(root, 'a.tiff'), label: '1', positive: 1, split: 'test', call: { name: '0', wrong: true }, probability: 0.2, threshold: 0.412, round: 2 },
    { id: 'b', path: '', label: '0', split: 'validation', call: { name: '0', wrong: false }, probability: 0.3 },
    { id: 'c', split: 'train', call: null, probability: null, threshold: null, round: null },
  ]);
  writeFileSync(join(run, 'rounds/02/predictions.json'), '[{"slide": 7}]');
  expect((await answers.cohortOf(run)).slides[1]).toMatchObject({ probability: null });
  copyFileSync(await drawSlide(root), join(root, 'c.tiff'));
  expect(await answers.describeSlide({ run, slide: 'c' })).toMatchObject({ run: { slide: { id: 'c' }, rounds: [1, 2] } });
  copyFileSync(join(root, 'c.tiff'), join(root, 'a.tiff'));
  // Test slides are scored once, by the selected round.
  expect(await answers.describeSlide({ run, slide: 'a' })).toMatchObject({ run: { rounds: [2] } });
});

it('gives a label image only by its name', async () => {
  const path = await drawSlide(temporaryFolder());
  await expect(answers.readAssociated(path, 'label')).rejects.toMatchObject({ code: 'slide-missing' });
});

it('says how good a slide is by the default options, or by those of its run', async () => {
  const root = temporaryFolder();
  const path = await drawSlide(root);
  const alone = await answers.qualityOf({ path }, root);
  expect(alone.tissue.share).toBeGreaterThan(0);
  expect(Object.keys(alone.pen.areas).length).toBeGreaterThan(0);
  const run = makeRun(root, [{ id: 'a', path, label: 1 }], { rounds: 1, cohort: { classes: ['0', '1'] } });
  expect((await answers.qualityOf({ run, slide: 'a' }, root)).stain).toEqual(alone.stain);
});

it('keeps how good a slide is: of a file beside its thumbnail, of a run in its lineage', async () => {
  const root = temporaryFolder();
  const path = await drawSlide(root);
  const measured = await answers.qualityOf({ path }, join(root, 'kept'));
  const [name] = readdirSync(join(root, 'kept'));
  const marked = { ...measured, focus: { fields: 7, blurred: 0.5 } };
  writeFileSync(join(root, 'kept', name), JSON.stringify(marked));
  expect(await answers.qualityOf({ path }, join(root, 'kept'))).toEqual(marked);
  utimesSync(path, 1, 1);
  expect(await answers.qualityOf({ path }, join(root, 'kept'))).toEqual(measured);
  const run = makeRun(root, [{ id: 'a', path, label: 1 }], { rounds: 1, cohort: { classes: ['0', '1'] } });
  const lineage = JSON.parse(readFileSync(join(run, 'lineage.json'), 'utf8')) as object;
  writeFileSync(join(run, 'lineage.json'), JSON.stringify({ ...lineage, quality: { a: marked } }));
  expect(await answers.qualityOf({ run, slide: 'a' }, root)).toEqual(marked);
});

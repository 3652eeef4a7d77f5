import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCohort } from '../../../src/cohort/check.js';
import { createFeatureWriter } from '../../../src/cohort/features/index.js';
import { tableEdits } from '../../../src/language/table-edits.js';
import type { TableFix } from '../../../src/shared/diagnostics.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { apply } from '../language/apply.js';
import { brief, paintSlide, scratchFolder, write } from './fixtures.js';

const folder = scratchFolder();
const experiment = (cohort: object, rest: object = {}) => experimentSchema.parse({ name: 'check', cohort: { table: 'cohort.csv', ...cohort }, tiling: { size: 8 }, ...rest });
/** Six sound slides, each a picture of its own. */
const sound = async (): Promise<string[]> => {
  for (let i = 0; i < 6; i++) await paintSlide(folder, `s${i}.png`, 64, 64, `#b06${i}90`);
  return Array.from({ length: 6 }, (_, i) => `s${i},s${i}.png,${i % 2},p${i},0.5`);
};
const table = (rows: string[]): void => void write(folder, 'cohort.csv', `slide_id,path,label,patient_id,mpp\n${rows.join('\n')}\n`);

describe('checkCohort', () => {
  it('passes a sound cohort', async () => {
    table(await sound());
    expect(await checkCohort(experiment({}), folder)).toEqual([]);
  });

  it('places what is wrong with a slide at its row', async () => {
    write(folder, 'text.png', 'not a picture');
    await paintSlide(folder, 's.png');
    table(['a,s.png,0,p0,', 'b,text.png,1,p1,0.5', 'c,gone.png,1,p2,0.5', ...(await sound())]);
    const found = await checkCohort(experiment({}), folder);
    expect(brief(found)).toEqual(['4:3 error slide-missing', '2 error mpp-unknown', '3 error slide-unreadable']);
    expect(found[1].place).toMatchObject({ file: join(folder, 'cohort.csv'), slide: 'a' });
    expect(found[2].message).toContain('text.png');
  });

  it('looks into feature stores and wants one encoder for all', async () => {
    mkdirSync(join(folder, 'stores'), { recursive: true });
    for (const [id, size, rows] of [['a', 4, 2], ['b', 4, 2], ['c', 5, 2], ['d', 4, 0]] as const) {
      const writer = await createFeatureWriter(join(folder, 'stores', `${id}.h5`), size);
      if (rows > 0) writer.append(Float32Array.from({ length: size * rows }, (_, i) => i + id.charCodeAt(0)));
      writer.close();
    }
    table(['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => `${id},,${i % 2},p${i},`));
    const found = await checkCohort(experiment({}, { encoder: { kind: 'features', folder: 'stores' }, loss: { ranking: 0 } }), folder);
    expect(brief(found)).toEqual(['4 error features-invalid', '5 error features-invalid', '6 error file-missing', '7 error file-missing']);
    expect(found[0].message).toContain('5 numbers');
  });

  it('reads the truth, and warns when it is of other slides', async () => {
    table(await sound());
    const truth = { format: 'points', table: 'points.csv', classes: ['tumor'] };
    write(folder, 'points.csv', 'slide_id,x,y,class\nother,1,1,tumor\n');
    expect(brief(await checkCohort(experiment({ truth }), folder))).toEqual(['warning truth-unmatched']);
    write(folder, 'points.csv', 'slide_id,x,y,class\ns1,1,one,tumor\n');
    expect(brief(await checkCohort(experiment({ truth }), folder))).toEqual(['2:6 error truth-invalid']);
    mkdirSync(join(folder, 'outlines'), { recursive: true });
    write(join(folder, 'outlines'), 's2.geojson', 'nothing');
    expect(brief(await checkCohort(experiment({ truth: { format: 'geojson', folder: 'outlines' } }), folder))).toEqual(['error truth-invalid']);
  });

  it('finds one slide in two parts of the split, as the same file or as a copy', async () => {
    const rows = await sound();
    table([...rows, 's6,s0.png,1,p6,0.5', 's7,s1.png,0,p7,0.5']);
    const same = (await checkCohort(experiment({}, { split: { file: 'split.csv' } }), folder)).map(({ code }) => code);
    expect(same).toContain('file-missing');
    write(folder, 'split.csv', `slide_id,split\n${['train', 'train', 'val', 'val', 'test', 'test', 'test', 'train'].map((part, i) => `s${i},${part}`).join('\n')}\n`);
    const found = await checkCohort(experiment({}, { split: { file: 'split.csv' } }), folder);
    expect(brief(found)).toEqual(['8 error validation-in-training']);
    expect(found[0].message).toContain('is the same file as slide "s0" (train, line 2)');
    copyFileSync(join(folder, 's0.png'), join(folder, 'copy.png'));
    table([...rows, 's6,copy.png,0,p6,0.5', 's7,s1.png,1,p1,0.5']);
    const copied = await checkCohort(experiment({}, { split: { file: 'split.csv' } }), folder);
    expect(brief(copied)).toEqual(['8 warning validation-in-training']);
  });

  it('counts the patches of small slides, and offers a smaller K', async () => {
    const rows = await sound();
    await paintSlide(folder, 'small.png', 20, 20);
    table([...rows.slice(1), 's0,small.png,0,p0,0.5']);
    write(folder, 'split.csv', `slide_id,split\n${['train', 'train', 'val', 'val', 'test', 'test'].map((part, i) => `s${i},${part}`).join('\n')}\n`);
    const found = await checkCohort(experiment({}, { split: { file: 'split.csv' } }), folder);
    expect(brief(found)).toContain('7 warning bag-smaller-than-k');
    const small = found.find(({ code }) => code === 'bag-smaller-than-k');
    expect(small?.message).toContain('has 4 patches, the ranking loss compares the highest 10');
    expect(small?.fixes).toEqual([{ kind: 'set', title: 'Set "loss.topK" to 4', path: ['loss', 'topK'], value: 4 }]);
    expect(brief(await checkCohort(experiment({}, { split: { file: 'split.csv' }, loss: { topK: 4 } }), folder))).toEqual([]);
    expect(brief(await checkCohort(experiment({}, { split: { file: 'split.csv' }, tiling: { size: 32 } }), folder))).toContain('7 warning slide-no-tissue');
  });

  it('refuses a split that leaves only test slides to choose by', async () => {
    table(await sound());
    write(folder, 'split.csv', `slide_id,split\n${['train', 'train', 'train', 'train', 'test', 'test'].map((part, i) => `s${i},${part}`).join('\n')}\n`);
    const found = await checkCohort(experiment({}, { split: { file: 'split.csv' } }), folder);
    expect(brief(found)).toEqual(['error test-used-for-selection']);
    expect(found[0].place.file).toBe(join(folder, 'split.csv'));
  });

  it('offers to write the resolution of every slide that lacks one', async () => {
    const rows = (await sound()).map((row) => row.slice(0, row.lastIndexOf(',')));
    write(folder, 'cohort.csv', `slide_id,path,label,patient_id\n${rows.join('\n')}\n`);
    const found = await checkCohort(experiment({}), folder);
    expect(brief(found)).toEqual(Array.from({ length: 6 }, (_, i) => `${i + 2} error mpp-unknown`));
    for (const fix of found[0].fixes!) expect(fix).toMatchObject({ kind: 'column', file: join(folder, 'cohort.csv'), name: 'mpp' });
    expect(found[0].fixes!.map(({ title }) => title)).toEqual(['These are 40×: add the column "mpp" with 0.25 µm/px for 6 slides', 'These are 20×: add the column "mpp" with 0.5 µm/px for 6 slides', 'Add an empty column "mpp" to fill in']);
    for (const fix of found[0].fixes!.slice(0, 2)) {
      const text = readFileSync(join(folder, 'cohort.csv'), 'utf8');
      write(folder, 'cohort.csv', apply(text, tableEdits(text, fix as TableFix)));
      expect(brief(await checkCohort(experiment({}), folder))).toEqual([]);
      write(folder, 'cohort.csv', text);
    }
  });
});

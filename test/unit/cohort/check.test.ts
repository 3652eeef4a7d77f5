import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCohort } from '../../../src/cohort/check.js';
import { createFeatureWriter } from '../../../src/cohort/features/index.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { brief, paintSlide, scratchFolder, write } from './fixtures.js';

const folder = scratchFolder();
const experiment = (cohort: object, rest: object = {}) => experimentSchema.parse({ name: 'check', cohort: { table: 'cohort.csv', ...cohort }, ...rest });
const table = (rows: string[]): void => void write(folder, 'cohort.csv', `slide_id,path,label,patient_id,mpp\n${rows.join('\n')}\n`);

describe('checkCohort', () => {
  it('passes a sound cohort', async () => {
    await paintSlide(folder, 's.png');
    table(Array.from({ length: 6 }, (_, i) => `s${i},s.png,${i % 2},p${i},0.5`));
    expect(await checkCohort(experiment({}), folder)).toEqual([]);
  });

  it('places what is wrong with a slide at its row', async () => {
    write(folder, 'text.png', 'not a picture');
    table(['a,s.png,0,p0,', 'b,text.png,1,p1,0.5', 'c,gone.png,1,p2,0.5', ...Array.from({ length: 6 }, (_, i) => `s${i},s.png,${i % 2},q${i},0.5`)]);
    const found = await checkCohort(experiment({}), folder);
    expect(brief(found)).toEqual(['4:3 error slide-missing', '2 error mpp-unknown', '3 error slide-unreadable']);
    expect(found[1].place).toMatchObject({ file: join(folder, 'cohort.csv'), slide: 'a' });
    expect(found[2].message).toContain('text.png');
  });

  it('looks into feature stores and wants one encoder for all', async () => {
    mkdirSync(join(folder, 'stores'), { recursive: true });
    for (const [id, size, rows] of [['a', 4, 2], ['b', 4, 2], ['c', 5, 2], ['d', 4, 0]] as const) {
      const writer = await createFeatureWriter(join(folder, 'stores', `${id}.h5`), size);
      if (rows > 0) writer.append(new Float32Array(size * rows));
      writer.close();
    }
    table(['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => `${id},,${i % 2},p${i},`));
    const found = await checkCohort(experiment({}, { encoder: { kind: 'features', folder: 'stores' } }), folder);
    expect(brief(found)).toEqual(['4 error features-invalid', '5 error features-invalid', '6 error file-missing', '7 error file-missing']);
    expect(found[0].message).toContain('5 numbers');
  });

  it('reads the truth, and warns when it is of other slides', async () => {
    table(Array.from({ length: 6 }, (_, i) => `s${i},s.png,${i % 2},p${i},0.5`));
    const truth = { format: 'points', table: 'points.csv', classes: ['tumor'] };
    write(folder, 'points.csv', 'slide_id,x,y,class\nother,1,1,tumor\n');
    expect(brief(await checkCohort(experiment({ truth }), folder))).toEqual(['warning truth-unmatched']);
    write(folder, 'points.csv', 'slide_id,x,y,class\ns1,1,one,tumor\n');
    expect(brief(await checkCohort(experiment({ truth }), folder))).toEqual(['2:6 error truth-invalid']);
    mkdirSync(join(folder, 'outlines'), { recursive: true });
    write(join(folder, 'outlines'), 's2.geojson', 'nothing');
    expect(brief(await checkCohort(experiment({ truth: { format: 'geojson', folder: 'outlines' } }), folder))).toEqual(['error truth-invalid']);
  });
});

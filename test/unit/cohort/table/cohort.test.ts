import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cohortSchema } from '../../../../src/shared/experiment/data.js';
import { readCohort } from '../../../../src/cohort/table/cohort.js';
import { brief, scratchFolder, write } from '../fixtures.js';

const folder = scratchFolder();
for (const name of ['a.png', 'b.png', 'c.png', '007.png', 'tumor_1.png']) write(folder, name, 'x');
const colon = resolve(import.meta.dirname, '../../../../../shared/data/colon');

function read(text: string, options: object = {}, needSlides = true) {
  write(folder, 'cohort.csv', text);
  return readCohort(cohortSchema.parse({ table: 'cohort.csv', ...options }), folder, { needSlides });
}

describe('readCohort', () => {
  it('reads ids as strings, through BOM, CRLF, quotes, empty lines and blanks', async () => {
    const { slides, diagnostics } = await read('\uFEFFslide_id,path,label,patient_id,mpp\r\n007,007.png,0,1,0.25\r\n\r\n"b", b.png ,1,"p,2",\r\n,,,,\r\n');
    expect(diagnostics).toEqual([]);
    expect(slides).toEqual([
      { id: '007', path: join(folder, '007.png'), label: 0, classes: [], patient: '1', mpp: 0.25, line: 2 },
      { id: 'b', path: join(folder, 'b.png'), label: 1, classes: [0], patient: 'p,2', mpp: undefined, line: 4 },
    ]);
  });

  it('reads semicolons and tabs', async () => {
    expect((await read('slide_id;path;label;patient_id\na;a.png;0;p,q\nb;b.png;1;r\n')).slides.map(({ patient }) => patient)).toEqual(['p,q', 'r']);
    expect((await read('slide_id\tpath\tlabel\tpatient_id\na\ta.png\t0\tp\nb\tb.png\t1\tr\n')).slides).toHaveLength(2);
  });

  it('takes classes, columns and a slide folder by other names', async () => {
    mkdirSync(join(folder, 'wsi'), { recursive: true });
    write(join(folder, 'wsi'), 'z.svs', 'x');
    const { slides, diagnostics } = await read('case,file,diagnosis,who\nz,z.svs,normal,p\ny,z.svs,cancer,q\n', { slides: 'wsi', classes: ['normal', 'cancer'], columns: { slide: 'case', path: 'file', label: 'diagnosis', patient: 'who' } });
    expect(diagnostics).toEqual([]);
    expect(slides.map(({ id, label }) => [id, label])).toEqual([['z', 0], ['y', 1]]);
    expect(slides[0].path).toBe(join(folder, 'wsi', 'z.svs'));
  });

  it('names every mistake at its place, and keeps the rows without one', async () => {
    const { slides, diagnostics } = await read(
      [
        'slide_id,path,label,patient_id,mpp',
        'a,a.png,0,p1,0.5',
        'a,b.png,1,p2,0.5',
        'c,missing.png,1,p3,0.5',
        'd,c.png,maybe,p4,0.5',
        'e,c.png,1,p5,half',
        'f,c.png,1,,',
        'g,c.png',
        ',c.png,1,p8,',
        '"h","c.png","2",p9,-1',
        'b,b.png,1,p2,0.5',
      ].join('\n'),
    );
    expect(slides.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(brief(diagnostics)).toEqual([
      '3:1 error cohort-duplicate-slide',
      '4:3 error slide-missing',
      '5:9 error cohort-unknown-label',
      '6:14 error cohort-invalid-mpp',
      '7:11 error cohort-empty-cell',
      '8 error cohort-ragged-row',
      '9:1 error cohort-empty-cell',
      '10:13 error cohort-unknown-label',
      '10:20 error cohort-invalid-mpp',
    ]);
    for (const { remedy, place } of diagnostics) {
      expect(remedy).toBeTruthy();
      expect(place.file).toBe(join(folder, 'cohort.csv'));
    }
    expect(diagnostics[0].message).toContain('line 2');
  });

  it('finds cells after a line break within quotes', async () => {
    const { diagnostics } = await read('slide_id,patient_id,path,label\n"a","p\n""1""",a.png,9\nb,q,b.png,1\n');
    expect(brief(diagnostics)).toEqual(['3:14 error cohort-unknown-label', 'error cohort-one-class']);
  });

  it('names the nearest column when one is missing', async () => {
    const { slides, diagnostics } = await read('slide_id,path,Labels,patient_id\na,a.png,0,p\n');
    expect(slides).toEqual([]);
    expect(brief(diagnostics)).toEqual(['1 error cohort-missing-column']);
    expect(diagnostics[0].remedy).toContain('"Labels"');
    expect(diagnostics[0].remedy).toContain('cohort.columns.label');
  });

  it('warns of a table without patients, and of labels in file names', async () => {
    const { slides, diagnostics } = await read('slide_id,path,label\nx,tumor_1.png,tumor\ny,a.png,normal\n', { classes: ['normal', 'tumor'] });
    expect(slides.map(({ patient }) => patient)).toEqual(['x', 'y']);
    expect(brief(diagnostics)).toEqual(['1 warning cohort-no-patients', '2 warning label-in-file-name']);
  });

  it('refuses one class and no slides', async () => {
    expect(brief((await read('slide_id,path,label,patient_id\na,a.png,1,p\nb,b.png,1,q\n')).diagnostics)).toEqual(['error cohort-one-class']);
    expect(brief((await read('slide_id,path,label,patient_id\n')).diagnostics)).toEqual(['1 error cohort-empty']);
    expect(brief((await read('')).diagnostics)).toEqual(['1 error cohort-unreadable']);
  });

  it('says where a quote never closes, and that a table is missing', async () => {
    const { diagnostics } = await read('slide_id,path,label,patient_id\na,a.png,0,p\n"b,b.png,1,q\n');
    expect(diagnostics[0]).toMatchObject({ code: 'cohort-unreadable', place: { line: expect.any(Number) } });
    const missing = await readCohort(cohortSchema.parse({ table: 'nowhere.csv' }), folder, { needSlides: true });
    expect(missing.diagnostics[0]).toMatchObject({ code: 'file-missing', place: { file: join(folder, 'nowhere.csv') } });
  });

  it('needs no slide files where features are stored', async () => {
    const { slides, diagnostics } = await read('slide_id,label,patient_id\na,0,p\nb,1,q\n', {}, false);
    expect(diagnostics).toEqual([]);
    expect(slides.map(({ path }) => path)).toEqual(['', '']);
  });

  it.skipIf(!existsSync(colon))('reads the colon cohort', async () => {
    const { slides, diagnostics } = await readCohort(cohortSchema.parse({ table: 'cohort.csv' }), colon, { needSlides: true });
    expect(slides).toHaveLength(100);
    expect(new Set(slides.map(({ mpp }) => mpp))).toEqual(new Set([0.55]));
    expect(brief(diagnostics)).toEqual(['1 warning cohort-no-patients']);
  });
});

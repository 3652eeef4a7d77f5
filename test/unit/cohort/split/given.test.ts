import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitFormats } from '../../../../src/cohort/split/given/contract.js';
import { writeSplits } from '../../../../src/cohort/split/write/index.js';
import { splitCohort, splitsOf } from '../../../../src/cohort/split.js';
import { splitSchema } from '../../../../src/shared/experiment/data.js';
import { brief, scratchFolder, write } from '../fixtures.js';
import { cohortOf } from './cohorts.js';

const folder = scratchFolder();
const slides = cohortOf(Array.from({ length: 24 }, (_, i) => ({ patient: `p${Math.floor(i / 2)}`, label: (Math.floor(i / 2) % 2) as 0 | 1 }))).map((slide, i) => ({ ...slide, id: i === 0 ? '007' : slide.id }));
const classes = ['normal', 'tumour'];
const options = (given: object) => splitSchema.parse(given);
const given = (file: string, more: object = {}) => splitCohort(slides, options({ file, ...more }), folder);
const plain = (split: ReadonlyMap<string, string>) => Object.fromEntries([...split].sort());

describe('splits written', () => {
  it.each(splitFormats)('as %s are read back fold by fold', (format) => {
    const splits = splitsOf(slides, options({ folds: 3 }), folder);
    const into = join(folder, `folds-${format}`);
    writeSplits(format, into, { slides, splits, classes });
    const back = splitsOf(slides, options({ file: into, folds: 3 }), '');
    expect(given(into, { folds: 3 }).diagnostics).toEqual([]);
    // STAMP has no validation: it is drawn again, by the same seed, from the same patients.
    expect(back.map(({ split }) => plain(split))).toEqual(splits.map(({ split }) => plain(split)));
    expect(plain(given(into, { fold: 2 }).split)).toEqual(plain(splits[1]!.split));
  });

  it('for CLAM have its three files a fold, ragged and with counts', () => {
    const into = join(folder, 'clam-files');
    writeSplits('clam', into, { slides, splits: splitsOf(slides, options({ folds: 2 }), folder), classes });
    expect(readdirSync(into).sort()).toEqual([0, 1].flatMap((fold) => [`splits_${fold}.csv`, `splits_${fold}_bool.csv`, `splits_${fold}_descriptor.csv`]));
    const read = (name: string) => readFileSync(join(into, name), 'utf8').trim().split('\n');
    expect(read('splits_0.csv')[0]).toBe(',train,val,test');
    expect(read('splits_0_bool.csv')).toHaveLength(slides.length + 1);
    expect(read('splits_0_bool.csv').slice(1).every((line) => line.match(/True/g)!.length === 1 && line.match(/False/g)!.length === 2)).toBe(true);
    const counts = read('splits_0_descriptor.csv').slice(1).map((line) => line.split(','));
    expect(counts.map(([name]) => name)).toEqual(classes);
    expect(counts.flatMap((row) => row.slice(1).map(Number)).reduce((sum, count) => sum + count)).toBe(slides.length);
  });

  it('of several repeats get a folder each', () => {
    const into = join(folder, 'repeated');
    const files = writeSplits('stamp', into, { slides, splits: splitsOf(slides, options({ folds: 2, repeats: 2 }), folder), classes });
    expect(files).toEqual([1, 2].map((repeat) => join(into, `repeat-${repeat}`, 'splits.json')));
  });
});

describe('splits of others', () => {
  it('of CLAM in truths alone are read', () => {
    const parts = ['True,False,False', 'False,True,False', 'False,False,True'];
    write(folder, 'splits_4_bool.csv', `,train,val,test\n${slides.map(({ id }, i) => `${id},${parts[Math.floor(i / 4) % 3]}`).join('\n')}\n`);
    const { split, diagnostics } = given('splits_4_bool.csv');
    expect(diagnostics).toEqual([]);
    expect([split.get('007'), split.get('s4'), split.get('s8')]).toEqual(['train', 'validation', 'test']);
  });

  it('of TransMIL with the wrong labels are warned about; the table keeps the last word', () => {
    write(folder, 'fold0.csv', `,train,train_label,val,val_label,test,test_label\n${Array.from({ length: 8 }, (_, i) => `${i},${slides[i]!.id},${1 - slides[i]!.label}.0,${slides[8 + i]!.id},${slides[8 + i]!.label},${slides[16 + i]!.id},${slides[16 + i]!.label}`).join('\n')}\n`);
    const { split, diagnostics } = given('fold0.csv');
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'split-label-differs', place: { line: 2 } }]);
    expect(diagnostics[0]!.message).toMatch(/^8 slides have another label here/);
    expect(split.size).toBe(24);
  });

  it('may leave slides out, which is said', () => {
    write(folder, 'half.csv', `,train,val,test\n${[0, 1, 2, 3].map((i) => `${i},${slides[i]!.id},${slides[4 + i]!.id},${slides[8 + i]!.id}`).join('\n')}\n`);
    const { split, diagnostics } = given('half.csv');
    expect(brief(diagnostics)).toEqual(['warning split-partial']);
    expect(split.size).toBe(12);
  });

  it('may not part a patient; nobody guesses where the cells should go', () => {
    write(folder, 'torn.csv', `,train,val,test\n0,007,s1,s4\n1,s2,s6,s8\n2,s3,s7,s10\n`);
    const found = given('torn.csv').diagnostics.find(({ code }) => code === 'patient-in-two-splits');
    expect(found).toMatchObject({ severity: 'error', place: { line: 2, column: 7 } });
    expect(found!.fixes).toBeUndefined();
  });

  it('of STAMP that train on whom they test are refused', () => {
    write(folder, 'splits.json', JSON.stringify({ splits: [{ train_patients: ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'], test_patients: ['p5', 'p6', 'p7', 'nobody'] }] }));
    expect(brief(given('splits.json').diagnostics)).toEqual(['error patient-in-two-splits', 'warning split-unknown-slide', 'warning split-partial']);
    write(folder, 'numbers.json', JSON.stringify({ splits: [{ train_patients: [7], test_patients: [] }] }));
    expect(given('numbers.json').diagnostics).toMatchObject([{ code: 'split-invalid' }]);
  });

  it('of several folds ask which', () => {
    const into = join(folder, 'folds-clam');
    expect(given(into).diagnostics).toMatchObject([{ severity: 'error', code: 'split-has-folds', fixes: [{ path: ['split', 'folds'], value: 3 }] }]);
    expect(given(into, { folds: 4 }).diagnostics).toMatchObject([{ code: 'split-has-folds' }]);
    mkdirSync(join(folder, 'empty'));
    expect(given('empty').diagnostics).toMatchObject([{ code: 'split-invalid' }]);
  });
});

import { describe, expect, it } from 'vitest';
import type { CohortSlide } from '../../../src/cohort/contract.js';
import { splitCohort } from '../../../src/cohort/split.js';
import { splitSchema } from '../../../src/shared/experiment/data.js';
import { Random } from '../../../src/shared/random.js';
import { brief, scratchFolder, write } from './fixtures.js';

const folder = scratchFolder();

function cohort(patients: number, slidesEach = 2): CohortSlide[] {
  return Array.from({ length: patients * slidesEach }, (_, i) => ({ id: `s${i}`, path: '', label: (Math.floor(i / slidesEach) % 3 === 0 ? 1 : 0) as 0 | 1, classes: Math.floor(i / slidesEach) % 3 === 0 ? [0] : [], patient: `p${Math.floor(i / slidesEach)}`, mpp: undefined, line: i + 2 }));
}

describe('splitCohort', () => {
  it('keeps patients together, classes in proportion, every slide in one part', () => {
    const slides = cohort(30);
    const { split, diagnostics } = splitCohort(slides, splitSchema.parse({}), folder);
    expect(diagnostics).toEqual([]);
    expect(split.size).toBe(60);
    const patients = new Map<string, Set<string>>();
    for (const { id, patient } of slides) patients.set(patient, (patients.get(patient) ?? new Set()).add(split.get(id)!));
    expect([...patients.values()].every((parts) => parts.size === 1)).toBe(true);
    const count = (part: string, label: number): number => slides.filter((slide) => slide.label === label && split.get(slide.id) === part).length / 2;
    expect([count('train', 1), count('validation', 1), count('test', 1)]).toEqual([6, 2, 2]);
    expect([count('train', 0), count('validation', 0), count('test', 0)]).toEqual([12, 4, 4]);
  });

  it('depends on the seed, not on the order of rows', () => {
    const slides = cohort(20);
    const first = splitCohort(slides, splitSchema.parse({ seed: 5 }), folder).split;
    const again = splitCohort(new Random(1).shuffle(slides), splitSchema.parse({ seed: 5 }), folder).split;
    const other = splitCohort(slides, splitSchema.parse({ seed: 6 }), folder).split;
    for (const { id } of slides) expect(again.get(id)).toBe(first.get(id));
    expect(slides.some(({ id }) => other.get(id) !== first.get(id))).toBe(true);
  });

  it('gives every part both classes from three patients a class on, whatever the shares', () => {
    const slides = cohort(9, 1);
    for (const shares of [{ validation: 0.01, test: 0.01 }, { validation: 0.5, test: 0.49 }]) expect(splitCohort(slides, splitSchema.parse(shares), folder).diagnostics).toEqual([]);
  });

  it('says which part lacks which class', () => {
    const { diagnostics } = splitCohort(cohort(5, 1), splitSchema.parse({}), folder);
    expect(brief(diagnostics)).toEqual(['error split-one-class']);
    expect(diagnostics[0].message).toMatch(/test part has no positive slide; 2 patients/);
  });

  it('takes mixed patients for positive ones', () => {
    const slides = cohort(12).map((slide, i): CohortSlide => ({ ...slide, label: (i % 2) as 0 | 1, classes: i % 2 === 1 ? [0] : [] }));
    expect(splitCohort(slides, splitSchema.parse({}), folder).diagnostics).toEqual([]);
  });
});

describe('a given split', () => {
  const slides = cohort(6, 1);
  const given = (text: string) => {
    write(folder, 'split.csv', text);
    return splitCohort(slides, splitSchema.parse({ file: 'split.csv' }), folder);
  };
  const rows = 's0,train\ns1,train\ns2,val\ns3,validation\ns4,Test\n';

  it('is taken as it is and checked for classes', () => {
    const { split, diagnostics } = given(`slide_id,split\n${rows}s5,test\n`);
    expect(Object.fromEntries(split)).toEqual({ s0: 'train', s1: 'train', s2: 'validation', s3: 'validation', s4: 'test', s5: 'test' });
    expect(brief(diagnostics)).toEqual(['error split-one-class']);
  });

  it('names the slide that was probably meant', () => {
    const [first, second] = given(`slide_id,split\n${rows}S5.svs,test\nnobody,test\n`).diagnostics;
    expect(first.remedy).toContain('The table has "s5"');
    expect(second.remedy).toContain('check the id');
  });

  it('is refused where it is wrong, at the place', () => {
    const { diagnostics } = given(`slide_id,split\n${rows}s5,trian\ns0,test\nnobody,test\n`);
    expect(brief(diagnostics).slice(0, 4)).toEqual(['7:4 error split-unknown-part', '8:4 error validation-in-training', '9:1 warning split-unknown-slide', 'error split-incomplete']);
    expect(diagnostics[0].remedy).toContain('"train"');
    expect(diagnostics[1].message).toContain('"s0" is in test here and in train in line 2');
    expect(brief(given(`slide_id,split\n${rows}s5,test\ns0,train\n`).diagnostics)[0]).toBe('8:1 error split-duplicate-slide');
    expect(brief(given('slide,split\ns0,train\n').diagnostics)[0]).toBe('1 error cohort-missing-column');
    expect(splitCohort(slides, splitSchema.parse({ file: 'absent.csv' }), folder).diagnostics[0]).toMatchObject({ code: 'file-missing' });
  });

  it('may not part a patient', () => {
    const twins = slides.map((slide) => ({ ...slide, patient: slide.id === 's4' ? 'p0' : slide.patient }));
    write(folder, 'leak.csv', `slide_id,split\n${rows}s5,test\n`);
    const { diagnostics } = splitCohort(twins, splitSchema.parse({ file: 'leak.csv' }), folder);
    expect(brief(diagnostics)[0]).toBe('6:4 error patient-in-two-splits');
    expect(diagnostics[0].message).toContain('"p0"');
  });
});

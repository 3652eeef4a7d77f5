import { describe, expect, it } from 'vitest';
import { participantsOf, sourceSiteOf } from '../../../../src/cohort/lint/patients/participant.js';
import { plainId } from '../../../../src/cohort/lint/patients/plain-id.js';
import { slidesByStem } from '../../../../src/cohort/lint/patients/stems.js';
import { patientIdsAlike } from '../../../../src/cohort/lint/rules/patient-ids-alike.js';
import { patientInSlideNames } from '../../../../src/cohort/lint/rules/patient-in-slide-names.js';
import { cohortOf, said } from './fixtures.js';

describe('plainId', () => {
  it.each([
    ['P7', 'P007'], ['abX9', 'ABx9'], ['case-12', 'case_12'], ['2019-0412', '2019_0412'], ['TCGA-AA-1234', 'tcga_AA_1234'], ['12.345.6', '12-345/6'],
    ['A17', '\u041017'], ['P-17', 'P\u201317'], ['P17', 'P17\u200b'], ['P17', 'P\uff11\uff17'], ['P 17', 'P\u00a017'], ['17', '\u0661\u0667'], ['4711', '4711.0'], ['17', '\'0017'], ['Patient 17', '17'], ['M\u00fcller3', 'Mu\u0308ller3'],['P1O7', 'p107'], ['2Ol9', '2019'],
  ])('is one of %j and %j', (a, b) => expect(plainId(a)).toBe(plainId(b)));

  it.each([['P17', 'Q17'], ['17-001', '170-01'], ['17-001', '17001'], ['A1', 'A10'], ['17', '17.5'], ['PO17', 'P17'], ['12A', '12B'], ['TCGA-A2-A0EM', 'TCGA-A2-AEM0'], ['TCGA-BH-A0B0', 'TCGA-BH-A0BO'], ['12l', '121'], ['O17', '017'], ['P1O7', 'P17']])('is two of %j and %j', (a, b) => expect(plainId(a)).not.toBe(plainId(b)));
});

describe('patient-ids-alike', () => {
  const spelled = (...ids: string[]) => cohortOf(200, { patient: (i) => ids[[5, 15, 6].indexOf(i)] ?? `q${i}` });

  it('compares every spelling with every other', () => {
    // Slides 5 and 15 train, 6 validates.
    expect(said(patientIdsAlike, spelled('P17', 'p17', 'p-017'))).toEqual([expect.stringContaining('"p-017" (validation) and "P17" (train, line 7)'), expect.stringContaining('"p17" (train) and "p-017" (validation, line 8)')]);
  });

  it('names the letter that is not what it seems', () => {
    expect(said(patientIdsAlike, spelled('A17', 'z', '\u041017'))).toEqual([expect.stringContaining('They differ in U+0410')]);
  });

  it('looks at every run of a cross-validation', () => {
    const cohort = cohortOf(200, { part: () => 'train', patient: (i) => (i === 5 ? 'P17' : i === 6 ? 'p17' : `q${i}`) });
    expect(said(patientIdsAlike, cohort)).toEqual([]);
    expect(said(patientIdsAlike, { ...cohort, splits: [cohort.split, new Map([...cohort.split].map(([id]) => [id, id === 's6' ? 'test' : 'train']))] })).toHaveLength(1);
  });
});

describe('participantsOf', () => {
  const of = (id: string, patient = id) => participantsOf([...cohortOf(3).slides, ...cohortOf(1, { id: () => id, patient: () => patient }).slides]).get(id);

  it.each([['TCGA-AA-1234-01A-01-TS1', 'TCGA-AA-1234'], ['slide_tcga_aa_1234_2', 'TCGA-AA-1234'], ['TCGA.AA.1234.01Z', 'TCGA-AA-1234'], ['C3L-00011-21', 'C3L-00011'], ['GTEX-1117F-0126', 'GTEX-1117F'], ['patient_017_node_2', 'PATIENT-17']])('reads %s', (id, participant) => expect(of(id)).toBe(participant));

  it('takes the patient column first, and what most slides share for none', () => {
    expect(of('x', 'TCGA-AA-1234-01A')).toBe('TCGA-AA-1234');
    expect(participantsOf(cohortOf(10, { path: (i) => `/data/case1/${i}.svs` }).slides).size).toBe(0);
    expect(sourceSiteOf({ id: 'TCGA-A2-1234', path: '' })).toBe('A2');
  });
});

describe('patient-in-slide-names', () => {
  it('guesses patients from names that differ in their ending alone, and says so once', () => {
    const id = (i: number): string => `H${1000 + Math.floor(i / 2) * 17}-${'AB'[i % 2]}`;
    const part = (i: number) => (i < 21 ? 'train' : 'test');
    expect(said(patientInSlideNames, cohortOf(40, { id, patient: id, part }))).toEqual([expect.stringContaining('"H1170-B" (test) and "H1170-A" (train, line 22), both of "H1170". 1 such patient is in two parts')]);
    expect(said(patientInSlideNames, cohortOf(40, { id, part }))).toEqual([]);
  });

  it.each([['slide_0001', (i: number) => `slide_${i}`], ['2021-0001', (i: number) => `20${10 + (i % 10)}-${i}`], ['year and few', (i: number) => `20${10 + Math.floor(i / 2)}-${i % 2}`], ['of one site', (i: number) => `site${i % 3}-${i}`]])('takes %s for no patient', (_, id) => {
    expect(slidesByStem(cohortOf(40, { id, patient: id }).slides).size).toBe(0);
  });
});

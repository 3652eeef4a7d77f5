import { describe, expect, it } from 'vitest';
import { runRules } from '../../../../src/cohort/lint/index.js';
import { classInOneSite } from '../../../../src/cohort/lint/rules/class-in-one-site.js';
import { featuresSawTest } from '../../../../src/cohort/lint/rules/features-saw-test.js';
import { labelInColumn } from '../../../../src/cohort/lint/rules/label-in-column.js';
import { labelInPath } from '../../../../src/cohort/lint/rules/label-in-path.js';
import { labelOrderFlipped } from '../../../../src/cohort/lint/rules/label-order-flipped.js';
import { bestPrecision, testTooSmall, validationTooSmall } from '../../../../src/cohort/lint/rules/part-too-small.js';
import { patientInSlideNames } from '../../../../src/cohort/lint/rules/patient-in-slide-names.js';
import type { EncoderMark } from '../../../../src/cohort/lint/stores.js';
import { cohortOf, said } from './fixtures.js';

const one = (i: number): boolean => i % 2 === 1;

describe('a sound cohort', () => {
  it('has nothing against it', () => {
    const columns = { age: (i: number) => `${40 + ((i * 7) % 31)}`, scanner: (i: number) => ['a', 'b', 'c'][i % 3]!, site: (i: number) => `site ${i % 5}`, row: (i: number) => `${i}`, note: () => '' };
    expect(runRules(cohortOf(200, { columns }))).toEqual([]);
  });

  it('may have its rows in the order of the classes, and names and columns that count on', () => {
    const label = (i: number): 0 | 1 => (i < 100 ? 0 : 1);
    const part = (i: number) => (['train', 'validation', 'test'] as const)[i % 3]!;
    const gaps = (i: number): number => i + Math.floor(i / 40);
    expect(runRules(cohortOf(200, { label, part, id: (i) => `slide${gaps(i)}`, path: (i) => `/data/img${i}.png`, columns: { number: (i) => `${i}`, accession: (i) => `A${1000 + i}` } }))).toEqual([]);
  });

  it('may have names and columns that count on, where the classes do not follow', () => {
    expect(runRules(cohortOf(200, { id: (i) => `slide${i}`, patient: (i) => `17-${1000 + i}`, path: (i) => `/data/img${i}.png`, columns: { number: (i) => `${i}`, accession: (i) => `A${1000 + i}` } }))).toEqual([]);
  });

  it('has nothing to say of nobody', () => {
    expect(runRules(cohortOf(0))).toEqual([]);
  });
});

describe('label-in-column', () => {
  it('names a column that is the label in other words, at its head', () => {
    const cohort = cohortOf(60, { columns: { age: (i) => `${i % 17}`, kit: (i) => (one(i) ? '2019' : '2021') } });
    expect(labelInColumn.find(cohort)).toEqual([expect.objectContaining({ message: expect.stringContaining('The column "kit" alone tells the label of every patient') as string, place: { file: 'cohort.csv', line: 1, column: 2 } })]);
  });

  it('sees it in numbers with a few exceptions, and in cells left empty', () => {
    const number = (i: number): string => `${(one(i) ? 80 : 20) + (i % 13) - (i === 7 ? 70 : 0)}.5`;
    expect(said(labelInColumn, cohortOf(100, { columns: { percent: number } }))).toEqual([expect.stringContaining('"percent" alone tells the label of nearly every patient')]);
    expect(said(labelInColumn, cohortOf(60, { columns: { grade: (i) => (one(i) ? `${i % 3}` : '') } }))).toHaveLength(1);
  });

  it('counts patients, not slides', () => {
    const ofFour = { patient: (i: number) => `p${Math.floor(i / 15)}`, label: (i: number) => (Math.floor(i / 15) % 2) as 0 | 1 };
    expect(said(labelInColumn, cohortOf(60, { ...ofFour, columns: { batch: (i) => `${Math.floor(i / 15) % 2}` } }))).toEqual([]);
  });

  it('asks of each class against the others', () => {
    const cohort = cohortOf(90, { classes: ['a', 'b', 'c'], columns: { stain: (i) => (i % 3 === 2 ? 'old' : 'new') } });
    const slides = cohort.slides.map((slide, i) => ({ ...slide, classes: i % 3 === 0 ? [] : [(i % 3) - 1] }));
    expect(said(labelInColumn, { ...cohort, slides })).toHaveLength(1);
  });
});

describe('label-in-path', () => {
  it('names folders that keep the classes apart, whatever they are called', () => {
    const path = (i: number): string => `/data/${one(i) ? ['brca', 'luad'][i % 4 === 1 ? 0 : 1] : 'gtex'}/scans/${i}.svs`;
    expect(said(labelInPath, cohortOf(60, { path }))).toEqual([expect.stringContaining('The folder a slide lies in tells its label: "gtex" against "brca"')]);
  });

  it('names words of file names', () => {
    expect(said(labelInPath, cohortOf(60, { path: (i) => `/data/${i}_${one(i) ? 'FFPE' : 'frozen'}_HE.svs` }))).toEqual([expect.stringContaining('"frozen", "ffpe", as in "0_frozen_HE.svs"')]);
  });

  it('leaves what another rule says, and folders of patients', () => {
    expect(said(labelInPath, cohortOf(60, { classes: ['normal', 'tumor'], path: (i) => `/data/${one(i) ? 'tumor' : 'normal'}_${i}.svs` }))).toEqual([]);
    expect(said(labelInPath, cohortOf(60, { path: (i) => `/data/patient${i}/slide.svs` }))).toEqual([]);
    expect(said(labelInPath, cohortOf(60, { path: () => '' }))).toEqual([]);
  });
});

describe('class-in-one-site', () => {
  const at = (site: (i: number) => string) => said(classInOneSite, cohortOf(60, { columns: { Hospital: site } }));

  it('warns when all positives are of one site, and says so once', () => {
    const cohort = cohortOf(60, { columns: { Hospital: (i) => (one(i) ? 'north' : ['south', 'east'][i % 4 === 0 ? 0 : 1]!) } });
    expect(said(classInOneSite, cohort)).toEqual([expect.stringContaining('All 30 patients of class "1" come from one Hospital, "north"; of the others 30 of 30')]);
    expect(said(labelInColumn, cohort)).toEqual([]);
  });

  it('is quiet when both classes come from several sites, or all from one', () => {
    expect(at((i) => `${i % 3}`)).toEqual([]);
    expect(at(() => 'north')).toEqual([]);
  });

  it('leaves sites that share no class to label-in-column', () => {
    const cohort = cohortOf(60, { columns: { site: (i) => `${one(i) ? 'a' : 'b'}${i % 4 < 2}` } });
    expect(said(classInOneSite, cohort)).toEqual([]);
    expect(said(labelInColumn, cohort)).toHaveLength(1);
  });
});

describe('label-order-flipped', () => {
  it.each([['tumor', 'normal'], ['Positive', 'negative'], ['malignant', 'benign'], ['1', '0'], ['MSI-H', 'MSS'], ['HPV+', 'HPV-'], ['responder', 'non-responder'], ['metastasis', 'no metastasis'], ['case', 'control'], ['KRAS mutant', 'KRAS wild-type'], ['T', 'N'], ['high', 'low'], ['adenocarcinoma', 'normal'], ['tumor tissue', 'normal tissue'], ['dead', 'alive']])('%s before %s', (...classes) => {
    const [finding] = labelOrderFlipped.find(cohortOf(10, { classes }));
    expect(finding?.place.file).toBe('x.mil.json#cohort.classes');
    expect(finding?.fixes).toEqual([expect.objectContaining({ value: [classes[1], classes[0]] })]);
  });

  it.each([['normal', 'tumor'], ['0', '1'], ['LUAD', 'LUSC'], ['tumor', 'stroma'], ['mutant', 'fusion'], ['HPV-', 'HPV+'], ['non-responder', 'responder'], ['control', 'case'], ['normal tissue', 'tumor tissue'], ['adenocarcinoma', 'sarcoma'], ['grade 1', 'grade 2'], ['stage-2', 'stage-3'], ['no metastasis', 'metastasis']])('%s before %s is quiet', (...classes) => {
    expect(labelOrderFlipped.find(cohortOf(10, { classes }))).toEqual([]);
  });
});

describe('parts too small', () => {
  it('say how little can be known, exactly', () => {
    const cohort = cohortOf(40);
    expect(said(validationTooSmall, cohort)).toEqual([expect.stringContaining('4 patients with a slide of class "1": one more or less called right moves sensitivity by 25 points')]);
    // The share p with p⁴ = .025 and p¹⁰ = .025, found by bisection.
    expect(said(testTooSmall, cohort)).toEqual([expect.stringContaining('interval of sensitivity reaches from 100 down to 39 %')]);
    expect(bestPrecision(4, 0.95)).toBeCloseTo(0.3976354, 7);
    expect(bestPrecision(10, 0.95)).toBeCloseTo(0.6915029, 7);
  });

  it('count patients, of the rarer class', () => {
    const rare = (count: number) => cohortOf(count, { label: (i) => (i % 20 === 9 ? 0 : 1) });
    expect(said(testTooSmall, rare(200))).toEqual([]);
    expect(said(testTooSmall, rare(160))).toEqual([expect.stringContaining('8 patients with a slide of class "0". Even if the model is right about every one of them, the exact 95 % interval of specificity')]);
    expect(said(testTooSmall, cohortOf(400, { patient: (i) => `p${i % 20}` }))).toEqual([expect.stringContaining('2 patients')]);
  });
});

describe('patient-in-slide-names', () => {
  const barcode = (i: number): string => `TCGA-AA-${1000 + Math.floor(i / 2)}-01A-0${1 + (i % 2)}-DX`;

  it('reads the participant of barcodes', () => {
    const found = patientInSlideNames.find(cohortOf(4, { id: barcode, part: (i) => (i === 1 ? 'test' : 'train') }));
    expect(found).toEqual([expect.objectContaining({ message: expect.stringContaining('of one patient, TCGA-AA-1000') as string, place: expect.objectContaining({ line: 3 }) as object })]);
  });

  it('is quiet when they stay together, and of other names', () => {
    expect(patientInSlideNames.find(cohortOf(40, { id: barcode, part: () => 'train' }))).toEqual([]);
    expect(patientInSlideNames.find(cohortOf(40, { id: barcode, patient: (i) => `p${Math.floor(i / 2)}` }))).toEqual([]);
    expect(patientInSlideNames.find(cohortOf(40))).toEqual([]);
  });
});

describe('features-saw-test', () => {
  const marks = (seenAs: EncoderMark['seenAs'], of: (i: number) => boolean) => new Map<string, EncoderMark>(Array.from({ length: 10 }, (_, i) => i).filter(of).map((i) => [`s${i}`, { runs: ['20261122-091503-first'], seenAs }]));

  it('names the slide and the run', () => {
    expect(said(featuresSawTest, cohortOf(10, { encoderMarks: marks('train', (i) => i >= 5) }))).toEqual([expect.stringContaining('4 slides that validate or test here come from an encoder that has seen these patients: "s6" is validation here and was train in the run 20261122-091503-first')]);
    expect(said(featuresSawTest, cohortOf(10, { encoderMarks: marks('validation', () => true) }))).toEqual([expect.stringContaining('2 slides')]);
  });

  it('is quiet when the encoder learnt from training slides alone, or from none', () => {
    expect(said(featuresSawTest, cohortOf(10, { encoderMarks: marks('train', (i) => i < 6) }))).toEqual([]);
    expect(said(featuresSawTest, cohortOf(10, { encoderMarks: marks('nothing', () => true) }))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { runRules } from '../../../../src/cohort/lint/index.js';
import type { FeatureMoments } from '../../../../src/cohort/lint/feature-moments.js';
import type { SlidePrint } from '../../../../src/cohort/lint/prints/print.js';
import type { SlideQuality } from '../../../../src/shared/slide-quality.js';
import { Random } from '../../../../src/shared/random.js';
import { cohortOf, type Planted } from './fixtures.js';

const codes = (count: number, planted: Planted): string[] => [...new Set(runRules(cohortOf(count, planted)).map(({ code }) => code))];
const one = (i: number): boolean => i % 2 === 1;

/** A print that differs from all others of the same random numbers. */
function printOf(random: Random): SlidePrint {
  const word = (): number => random.integer(2 ** 16) * 2 ** 16 + random.integer(2 ** 16);
  const colour = (): number => random.integer(255);
  return { bytes: random.integer(1e9), width: 1000 + random.integer(300), height: 1000 + random.integer(300), format: 'image', hashes: [0, 1, 2].map(() => [word(), word()] as [number, number]), contrast: 30, colours: Array.from({ length: 48 }, colour), tissue: [colour(), colour(), colour()] };
}
function strangers(count: number, seed = 1): Map<string, SlidePrint> {
  const random = new Random(seed);
  return new Map(Array.from({ length: count }, (_, i) => [`s${i}`, printOf(random)]));
}

/** Of 200 features that know nothing of the labels. */
function momentsOf(random: Random, count: number): Map<string, FeatureMoments> {
  return new Map(Array.from({ length: count }, (_, i) => [`s${i}`, { mean: Float64Array.from({ length: 200 }, () => random.normal()), variance: new Float64Array(200).fill(1) }]));
}

describe('a leak that was planted is found, and nothing else', () => {
  it('one patient under two spellings of the id', () => {
    // Slide 6 validates, slide 5 trains.
    for (const [a, b] of [['P 17', 'p17'], ['p-017', 'P017'], ['P_17', 'p17']]) {
      expect(codes(200, { patient: (i) => (i === 5 ? a! : i === 6 ? b! : `q${i}`) })).toEqual(['patient-ids-alike']);
    }
    expect(codes(200, { patient: (i) => (i === 5 ? 'P17' : i === 3 ? 'p17' : `q${i}`) })).toEqual([]);
  });

  it('a slide converted, scaled and saved again under another name', () => {
    const prints = strangers(200);
    const again = structuredClone(prints.get('s5')!);
    prints.set('s9', { ...again, bytes: 12345, width: again.width / 2, height: again.height / 2, hashes: again.hashes.map(([low, high]) => [(low ^ 0b101) >>> 0, (high ^ 0b1000) >>> 0] as [number, number]), colours: again.colours.map((value) => value + 3) });
    expect(codes(200, { prints })).toEqual(['near-duplicate-slides']);
  });

  it('the label in a folder, and in a word of the names', () => {
    expect(codes(200, { path: (i) => `/data/${one(i) ? 'batch7' : 'batch3'}/${i}.svs` })).toEqual(['label-in-path']);
    expect(codes(200, { path: (i) => `/data/${i}_${one(i) ? 'ca' : 'no'}.svs` })).toEqual(['label-in-path']);
  });

  it.each<[string, Planted]>([
    ['the first letter of the ids', { id: (i) => `${one(i) ? 'T' : 'N'}${i}` }],
    ['the letter after the number', { id: (i) => `s${i}${'ab'[i % 2]}` }],
    ['the number at the end of the ids', { id: (i) => `s${i}_${1 + (i % 2)}` }],
    ['the sample type of a barcode', { id: (i) => `TCGA-${['A2', 'B6', 'E9'][i % 3]}-${1000 + i}-${one(i) ? '01A' : '11A'}-01-TS1`, patient: (i) => `TCGA-${['A2', 'B6', 'E9'][i % 3]}-${1000 + i}` }],
    ['the date in the names', { path: (i) => `/data/2021-${String(1 + (i % 6) + 6 * (i % 2)).padStart(2, '0')}-1${i % 9}_${i * 7919}.svs` }],
    ['numbers of another range for each class', { label: (i) => (i % 200 < 100 ? 0 : 1), part: (i) => (i % 5 < 3 ? 'train' : i % 5 === 3 ? 'validation' : 'test'), id: (i) => `case${String(i + (i % 200 < 100 ? 0 : 500)).padStart(3, '0')}` }],
    ['the ids of the patients', { patient: (i) => `${one(i) ? 'C' : 'H'}${i}` }],
    ['a word in the folder each slide has to itself', { path: (i) => `/data/${one(i) ? 'tum' : 'norm'}_${i}/scan.svs` }],
    ['a class name too short to be looked for', { classes: ['N', 'T'], id: (i) => `${one(i) ? 'T' : 'N'}_${i}` }],
  ])('the label in %s', (_, planted) => expect(codes(200, planted)).toEqual(['label-in-path']));

  it.each<[string, (i: number) => string]>([
    ['numbers, the higher the more negative', (i) => `${(one(i) ? -3 : 3) + Math.sin(i)}`],
    ['numbers, some not available', (i) => (i % 12 === 0 ? 'NA' : `${(one(i) ? 10 : 1) + Math.abs(Math.sin(i))}`)],
    ['numbers with a decimal comma', (i) => `${one(i) ? 7 : 3},${100 + i}`],
    ['shares', (i) => `${(one(i) ? 50 : 5) + (i % 40)}%`],
    ['dates', (i) => `${1 + (i % 28)}.${1 + (i % 12)}.${one(i) ? 2021 : 2018}`],
    ['cells that are filled for one class alone', (i) => (one(i) ? `${Math.sin(i)}` : '')],
    ['a word of free text', (i) => `case ${i}: ${one(i) ? 'carcinoma seen' : 'no finding'}`],
  ])('the label in a column of %s', (_, extra) => expect(codes(200, { columns: { extra } })).toEqual(['label-in-column']));

  it('the label in a column of a dozen patients', () => {
    expect(codes(14, { columns: { extra: (i) => `${(one(i) ? 10 : 1) + Math.abs(Math.sin(i))}` } }).filter((code) => !code.endsWith('-too-small'))).toEqual(['label-in-column']);
  });

  it.each<[string, Planted]>([
    ['scanner', { columns: { scanner_model: (i) => (one(i) ? 'AT2' : ['AT2', 'XR', 'P1000'][i % 3]!) } }],
    ['batch', { columns: { 'staining batch': (i) => (one(i) ? 'b1' : ['b1', 'b2'][i % 4 === 0 ? 0 : 1]!) } }],
    ['site in several spellings', { columns: { site: (i) => (one(i) ? ['Leeds', 'leeds', 'LEEDS '][i % 3]! : ['Leeds', 'Bonn'][i % 4 === 0 ? 0 : 1]!) } }],
    ['source site of its barcodes', { id: (i) => `TCGA-${one(i) ? 'A2' : ['A2', 'B6', 'E9', 'D8'][(i / 2) % 4]}-${1000 + i}-01A` }],
  ])('a class from one %s', (_, planted) => expect(codes(200, planted)).toEqual(['class-in-one-site']));

  it('a class whose slides hold more patches', () => {
    expect(codes(200, { patchCounts: new Map(Array.from({ length: 200 }, (_, i) => [`s${i}`, (one(i) ? 300 : 50) + ((i * 37) % 100)])) })).toEqual(['label-in-slide-property']);
  });

  it('a class whose slides bear more ink, as an earlier run has seen', () => {
    const quality = (i: number): SlideQuality => ({ tissue: { area: 50 + (i % 17), share: 0.3 }, pen: { share: one(i) ? 0.02 + (i % 5) / 1000 : 0, areas: {} }, focus: null, stain: { glass: [240, 240, 240], haematoxylin: 0.3 + (i % 11) / 50, eosin: 0.2 } });
    const cohort = cohortOf(200, { qualities: new Map(Array.from({ length: 200 }, (_, i) => [`s${i}`, quality(i)])) });
    expect(runRules(cohort).map(({ code, message }) => `${code}: ${message}`)).toEqual([expect.stringContaining('label-in-slide-property: Of a slide, the share of it under pen alone')]);
  });

  it.each<[string, number, RegExp]>([
    ['the label itself', 0, /feature 7 \(of 40, counted from 0\) alone tells by the mean over a slide the label of nearly every patient\. It hardly varies within a slide/],
    ['the label under noise', 1, /feature 7 \(of 40, counted from 0\) alone tells by the mean over a slide the label of nearly every patient\.$/],
  ])('a stored feature that holds %s', (_, noise, words) => {
    const random = new Random(9);
    const moments = (i: number) => ({ mean: Float64Array.from({ length: 40 }, (_, f) => (f === 7 ? Number(one(i)) + (noise * random.normal()) / 10 : random.normal())), variance: new Float64Array(40).fill(1).fill(noise, 7, 8) });
    const found = runRules(cohortOf(200, { featureMoments: new Map(Array.from({ length: 200 }, (_, i) => [`s${i}`, moments(i)])) }));
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([expect.stringMatching(words)]);
    expect(found[0]!.message.startsWith('Of the stored features')).toBe(true);
  });

  it('labels that instance truth speaks against, and no more than that', () => {
    const marked = (of: (i: number) => boolean): ReadonlySet<string> => new Set(Array.from({ length: 200 }, (_, i) => i).filter(of).map((i) => `s${i}`));
    const [finding] = runRules(cohortOf(200, { classes: ['a', 'b'], marked: marked((i) => !one(i) || i === 7) }));
    expect(finding).toMatchObject({ code: 'label-order-flipped', message: expect.stringContaining('drawn on 100 of 100 negative slides, and on 1 of 100 positive ones') as string, fixes: [{ value: ['b', 'a'] }] });
    expect(codes(200, { marked: marked(one) })).toEqual([]);
    expect(codes(200, { marked: marked((i) => i === 4) })).toEqual([]);
    expect(codes(200, { marked: marked(() => true) })).toEqual([]);
    expect(codes(200, { marked: marked(() => false) })).toEqual([]);
  });

  it('a class that comes from one site', () => {
    expect(codes(200, { columns: { site: (i) => (one(i) ? 'Leeds' : ['Bonn', 'Pisa', 'Oslo'][i % 3]!) } })).toEqual(['class-in-one-site']);
  });

  it('a class scanned on another machine', () => {
    const prints = new Map([...strangers(200)].map(([id, print], i) => [id, { ...print, mpp: one(i) ? 0.2526 : 0.2425 }]));
    expect(codes(200, { prints })).toEqual(['label-in-slide-property']);
  });

  it('the label once more in a column, with a few mistakes', () => {
    expect(codes(200, { columns: { diagnosis: (i) => (one(i) !== (i === 50) ? 'C18' : 'D12') } })).toEqual(['label-in-column']);
  });

  it('features of an encoder that an earlier run tuned on these test patients', () => {
    expect(codes(200, { encoderMarks: new Map([['s9', { runs: ['tuned', 'first'], seenAs: 'train' as const }]]) })).toEqual(['features-saw-test']);
  });
});

describe('a sound cohort', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))('drawn at random (%i) is passed over in silence', (seed) => {
    const random = new Random(1000 + seed);
    const count = 200 + random.integer(200);
    const draw = <T>(of: () => T): ((i: number) => T) => {
      const drawn = Array.from({ length: count }, of);
      return (i) => drawn[i]!;
    };
    const label = draw(() => random.integer(2) as 0 | 1);
    const columns = { site: draw(() => `site ${random.integer(4)}`), age: draw(() => `${30 + random.integer(50)}`), sex: draw(() => 'fm'[random.integer(2)]!), date: draw(() => `2021-0${1 + random.integer(9)}-1${random.integer(9)}`), score: draw(() => random.normal().toFixed(3)) };
    expect(runRules(cohortOf(count, { label, columns, featureMoments: momentsOf(random, count), path: (i) => `/data/disk${i % 3}/case${random.integer(1e6)}_${'abc'[i % 3]}.svs`, prints: strangers(count, seed) }))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { CohortSlide, Split, SplitName } from '../../../../src/cohort/contract.js';
import { splitCohort, splitsOf } from '../../../../src/cohort/split.js';
import { splitSchema } from '../../../../src/shared/experiment/data.js';
import { Random } from '../../../../src/shared/random.js';
import { cohortOf, randomCohort } from './cohorts.js';

const seeds = Array.from({ length: 25 }, (_, i) => i + 1);
const options = (given: object) => splitSchema.parse(given);
const splits = (slides: readonly CohortSlide[], given: object) => splitsOf(slides, options(given), '');

/** Patients in a part, by whether they have a positive slide. */
function patientsIn(slides: readonly CohortSlide[], split: Split, part: SplitName, positive: boolean): number {
  const positives = new Set(slides.filter(({ label }) => label === 1).map(({ patient }) => patient));
  return new Set(slides.filter(({ id, patient }) => split.get(id) === part && positives.has(patient) === positive).map(({ patient }) => patient)).size;
}

function expectWholePatients(slides: readonly CohortSlide[], split: Split, groupOf: (slide: CohortSlide) => string | undefined, parts: readonly SplitName[]): void {
  const held = new Map<string | undefined, Set<boolean>>();
  for (const slide of slides) held.set(groupOf(slide), (held.get(groupOf(slide)) ?? new Set()).add(parts.includes(split.get(slide.id)!)));
  expect([...held.values()].every(({ size }) => size === 1)).toBe(true);
}

describe('folds of patients', () => {
  it.each(seeds)('of random cohort %d: no patient in two parts, every slide tested once a repeat, classes within one patient of even', (seed) => {
    const slides = randomCohort(seed);
    const folds = 2 + (seed % 5);
    const runs = splits(slides, { folds, repeats: 2, seed });
    expect(runs.map(({ repeat, fold }) => `${repeat}.${fold}`)).toEqual([1, 2].flatMap((repeat) => Array.from({ length: folds }, (_, i) => `${repeat}.${i + 1}`)));
    for (const { split } of runs) {
      expect(split.size).toBe(slides.length);
      for (const part of ['train', 'validation', 'test'] as const) expectWholePatients(slides, split, ({ patient }) => patient, [part]);
    }
    for (const repeat of [1, 2]) {
      const ofRepeat = runs.filter((run) => run.repeat === repeat);
      const tested = ofRepeat.flatMap(({ split }) => slides.filter(({ id }) => split.get(id) === 'test').map(({ id }) => id));
      expect([...tested].sort()).toEqual(slides.map(({ id }) => id).sort());
      for (const positive of [true, false]) {
        const counts = ofRepeat.map(({ split }) => patientsIn(slides, split, 'test', positive));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
      const all = ofRepeat.map(({ split }) => patientsIn(slides, split, 'test', true) + patientsIn(slides, split, 'test', false));
      expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
    }
  });

  it('depend on the seed and the repeat, not on the order of rows', () => {
    const slides = randomCohort(3);
    const [first, second] = [1, 2].map((repeat) => splits(slides, { folds: 4, repeats: 2, repeat })) as [ReturnType<typeof splits>, ReturnType<typeof splits>];
    const again = splits(new Random(9).shuffle(slides), { folds: 4, repeats: 2, repeat: 1 });
    for (const [i, { split }] of first.entries()) for (const { id } of slides) expect(again[i]!.split.get(id)).toBe(split.get(id));
    const differs = (a: typeof first, b: typeof first) => slides.some(({ id }) => a[0]!.split.get(id) !== b[0]!.split.get(id));
    expect(differs(first, second)).toBe(true);
    expect(differs(first, splits(slides, { folds: 4, seed: 2 }))).toBe(true);
  });

  it('draw validation from the rest, in proportion', () => {
    const slides = cohortOf(Array.from({ length: 60 }, (_, i) => ({ patient: `p${i}`, label: i % 3 === 0 ? 1 : 0 })));
    for (const { split } of splits(slides, { folds: 5, validation: 0.25 })) {
      expect([true, false].map((positive) => patientsIn(slides, split, 'test', positive))).toEqual([4, 8]);
      expect([true, false].map((positive) => patientsIn(slides, split, 'validation', positive))).toEqual([4, 8]);
    }
  });

  it('may leave classes aside', () => {
    const slides = cohortOf(Array.from({ length: 40 }, (_, i) => ({ patient: `p${i}`, label: i < 10 ? 1 : 0 })));
    const counts = (stratify: boolean) => splits(slides, { folds: 4, stratify, seed: 4 }).map(({ split }) => patientsIn(slides, split, 'test', true));
    expect(Math.max(...counts(true)) - Math.min(...counts(true))).toBeLessThanOrEqual(1);
    expect(Math.max(...counts(false)) - Math.min(...counts(false))).toBeGreaterThan(1);
  });

  it('spread slides too, as far as patients allow', () => {
    const slides = cohortOf(Array.from({ length: 40 }, (_, i) => Array.from({ length: i % 4 === 0 ? 9 : 1 }, () => ({ patient: `p${i}`, label: (i % 2) as 0 | 1 }))).flat());
    const counts = splits(slides, { folds: 5 }).map(({ split }) => [...split.values()].filter((part) => part === 'test').length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(16);
    expect(counts.reduce((sum, count) => sum + count)).toBe(slides.length);
  });

  it.each(seeds.slice(0, 8))('keep held-out patients of cohort %d out of all of them, in every repeat', (seed) => {
    const slides = randomCohort(seed);
    const runs = splits(slides, { folds: 3, repeats: 2, heldOut: 0.2 });
    const heldOut = runs.map(({ split }) => slides.filter(({ id }) => split.get(id) === 'held-out').map(({ id }) => id).sort());
    expect(heldOut[0]!.length).toBeGreaterThan(0);
    for (const other of heldOut) expect(other).toEqual(heldOut[0]);
    expectWholePatients(slides, runs[0]!.split, ({ patient }) => patient, ['held-out']);
    const tested = runs.slice(0, 3).flatMap(({ split }) => slides.filter(({ id }) => split.get(id) === 'test'));
    expect(tested.length).toBe(slides.length - heldOut[0]!.length);
  });
});

describe('folds of sites', () => {
  it('leave one site out each, when there are as many', () => {
    const slides = cohortOf(Array.from({ length: 60 }, (_, i) => ({ patient: `p${i}`, label: (i % 2) as 0 | 1, site: 'ABCDE'[i % 5]! })));
    const left = splits(slides, { folds: 5, by: 'site' }).map(({ split }) => [...new Set(slides.filter(({ id }) => split.get(id) === 'test').map(({ site }) => site))]);
    expect(left.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
    expect(left.flat().sort()).toEqual([...'ABCDE']);
  });

  it.each(seeds.slice(0, 10))('never part a site or a patient of cohort %d', (seed) => {
    const slides = randomCohort(seed);
    const sites = new Set(slides.map(({ site }) => site)).size;
    for (const { split } of splits(slides, { folds: Math.min(3, sites), by: 'site' })) {
      expectWholePatients(slides, split, ({ site }) => site, ['test']);
      expectWholePatients(slides, split, ({ patient }) => patient, ['test']);
      expect([...split.values()]).toContain('test');
    }
  });

  it('tie sites that share a patient, and say so', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ patient: `p${i}`, label: (i % 2) as 0 | 1, site: 'ABCD'[Math.floor(i / 2) % 4]! }));
    const slides = cohortOf([...rows, { patient: 'p0', label: 0, site: 'B' }]);
    const { diagnostics } = splitCohort(slides, options({ folds: 3, by: 'site' }), '');
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning patient-at-two-sites']);
    for (const { split } of splits(slides, { folds: 3, by: 'site' })) expectWholePatients(slides, split, ({ patient }) => patient, ['test']);
  });

  it('need sites', () => {
    const slides = cohortOf(Array.from({ length: 20 }, (_, i) => ({ patient: `p${i}`, label: (i % 2) as 0 | 1 })));
    const found = splitCohort(slides, options({ folds: 3, by: 'site' }), '').diagnostics;
    expect(found).toMatchObject([{ severity: 'error', code: 'site-unknown' }]);
    expect(found[0]!.remedy).toContain('cohort.columns.site');
    const two = slides.map((slide, i) => ({ ...slide, site: 'AB'[i % 4 < 2 ? 0 : 1]! }));
    expect(splitCohort(two, options({ folds: 3, by: 'site' }), '').diagnostics).toMatchObject([{ code: 'too-few-sites', fixes: [{ path: ['split', 'folds'], value: 2 }] }]);
  });
});

describe('too few patients', () => {
  it('are said with the number of folds that would do', () => {
    const slides = cohortOf(Array.from({ length: 30 }, (_, i) => ({ patient: `p${i}`, label: i < 4 ? 1 : 0 })));
    const { diagnostics } = splitCohort(slides, options({ folds: 5 }), '');
    expect(diagnostics).toMatchObject([{ severity: 'error', code: 'too-few-for-folds', fixes: [{ path: ['split', 'folds'], value: 4 }] }]);
    expect(diagnostics[0]!.message).toMatch(/^1 of 5 runs lack a class in a part, first fold \d: its test part has no positive slide\. 4 patients have one/);
    expect(splitCohort(slides, options({ folds: 4 }), '').diagnostics).toEqual([]);
  });

  it('for any cross-validation are said to be so', () => {
    const slides = cohortOf(Array.from({ length: 30 }, (_, i) => ({ patient: `p${i}`, label: i < 2 ? 1 : 0 })));
    expect(splitCohort(slides, options({ folds: 2 }), '').diagnostics).toMatchObject([{ code: 'too-few-for-folds', remedy: expect.stringContaining('at least three') as string }]);
  });
});

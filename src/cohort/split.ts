import { resolve } from 'node:path';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { SplitOptions } from '../shared/experiment/index.js';
import { Random } from '../shared/random.js';
import type { CohortSlide, Split, SplitName } from './contract.js';
import { readSplitFile } from './table/split-file.js';

const names: readonly SplitName[] = ['train', 'validation', 'test'];

/**
 * Divides a cohort by patient, stratified by whether a patient has a positive slide. The same seed
 * gives the same split in any order of rows. A given split file is read and checked instead.
 * @param baseFolder folder of the experiment file, which `options.file` is relative to.
 */
export function splitCohort(slides: readonly CohortSlide[], options: SplitOptions, baseFolder: string): { readonly split: Split; readonly diagnostics: Diagnostic[] } {
  if (options.file === undefined) {
    const split = drawSplit(slides, options);
    return { split, diagnostics: [...lacking(slides, split, {}), ...sharedFiles(slides, split)] };
  }
  const file = resolve(baseFolder, options.file);
  const { split, diagnostics } = readSplitFile(file, slides);
  return { split, diagnostics: [...diagnostics, ...lacking(slides, split, { file }), ...sharedFiles(slides, split)] };
}

function drawSplit(slides: readonly CohortSlide[], options: SplitOptions): Split {
  const positive = new Map<string, boolean>();
  for (const { patient, label } of slides) positive.set(patient, (positive.get(patient) ?? false) || label === 1);
  const patients = [...positive.keys()].sort(byCodeUnits);
  const places = new Map<string, SplitName>();
  for (const stratum of [false, true]) {
    const drawn = new Random(options.seed).fork(`split/${stratum ? 'positive' : 'negative'}`).shuffle(patients.filter((patient) => positive.get(patient) === stratum));
    const { validation, test } = shares(drawn.length, options);
    drawn.forEach((patient, i) => places.set(patient, i < test ? 'test' : i < test + validation ? 'validation' : 'train'));
  }
  return new Map(slides.map(({ id, patient }) => [id, places.get(patient)!]));
}

/** Patients of a stratum for validation and test: rounded shares, but while there are enough one at least for each part. */
function shares(count: number, options: SplitOptions): { readonly validation: number; readonly test: number } {
  const within = (share: number, most: number): number => Math.max(0, Math.min(Math.max(1, Math.round(share * count)), most));
  const validation = within(options.validation, count >= 3 ? count - 2 : count - 1);
  return { validation, test: within(options.test, count - 1 - validation) };
}

/** Every part needs slides of both classes: to learn from, to choose by, to report on. */
function lacking(slides: readonly CohortSlide[], split: Split, place: Diagnostic['place']): Diagnostic[] {
  const parts = new Set(split.values());
  // A given split of two parts leaves nothing to choose by but the test slides.
  if (place.file !== undefined && parts.has('test') && !parts.has('validation')) {
    return [{ severity: 'error', code: 'test-used-for-selection', message: 'This split has no validation part: epochs, rounds and the decision threshold could only be chosen on the test slides, which would make the test result look better than it is.', remedy: 'Mark some of the training patients as val.', place }];
  }
  return names.flatMap((name) =>
    ([0, 1] as const)
      .filter((label) => !slides.some((slide) => slide.label === label && split.get(slide.id) === name))
      .map((label): Diagnostic => {
        const patients = new Set(slides.filter((slide) => slide.label === label).map(({ patient }) => patient)).size;
        const word = label === 1 ? 'positive' : 'negative';
        return {
          severity: 'error',
          code: 'split-one-class',
          message: `The ${name} part has no ${word} slide; ${patients} patient${patients === 1 ? ' has' : 's have'} one in the whole cohort.`,
          remedy: place.file === undefined ? `Training, validation and test need a ${word} patient each: add slides of at least three such patients.` : `Give the ${name} part a patient with a ${word} slide.`,
          place,
        };
      }),
  );
}

/** One file under two ids: what is in training cannot validate or test. */
function sharedFiles(slides: readonly CohortSlide[], split: Split): Diagnostic[] {
  const first = new Map<string, CohortSlide>();
  return slides.flatMap((slide): Diagnostic[] => {
    if (slide.path === '') return [];
    const before = first.get(slide.path);
    if (!before) first.set(slide.path, slide);
    return before && split.get(before.id) !== split.get(slide.id) ? [inTwoParts('error', slide, before, split, 'is the same file as')] : [];
  });
}

/** That two rows hold the same slide, in different parts. */
export function inTwoParts(severity: Diagnostic['severity'], slide: CohortSlide, before: CohortSlide, split: Split, how: string): Diagnostic {
  const parts = new Set([split.get(slide.id), split.get(before.id)]);
  const where = parts.has('train') ? (parts.has('validation') ? 'Validation would look at what was learnt' : 'Testing would look at what was learnt') : 'Testing would look at what was chosen by';
  return {
    severity,
    code: 'validation-in-training',
    message: `Slide "${slide.id}" (${split.get(slide.id)}) ${how} slide "${before.id}" (${split.get(before.id)}, line ${before.line}). ${where}.`,
    remedy: 'Remove one of the two rows, or give both the same patient.',
    place: { slide: slide.id },
  };
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

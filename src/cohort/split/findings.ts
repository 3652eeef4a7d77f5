import type { Diagnostic, Fix } from '../../shared/diagnostics.js';
import type { SplitOptions } from '../../shared/experiment/index.js';
import type { CohortSlide, Split, SplitName } from '../contract.js';
import type { SplitPart } from './draw.js';

const learnt: readonly SplitName[] = ['train', 'validation', 'test'];

/** One class missing in one part of the split of one run. */
interface Lack {
  readonly part: SplitName;
  readonly label: 0 | 1;
}

/** Every part needs slides of both classes: to learn from, to choose by, to report on. @param file of a given split. */
export function lackingClasses(slides: readonly CohortSlide[], split: Split, file: string | undefined): Diagnostic[] {
  const parts = new Set(split.values());
  const place = file === undefined ? {} : { file };
  // A given split of two parts leaves nothing to choose by but the test slides.
  if (file !== undefined && parts.has('test') && !parts.has('validation')) {
    return [{ severity: 'error', code: 'test-used-for-selection', message: 'This split has no validation part: epochs, rounds and the decision threshold could only be chosen on the test slides, which would make the test result look better than it is.', remedy: 'Mark some of the training patients as val.', place }];
  }
  return lacksOf(slides, split).map(({ part, label }): Diagnostic => {
    const patients = patientsWith(slides, label);
    const word = wordOf(label);
    return {
      severity: 'error',
      code: 'split-one-class',
      message: `The ${part} part has no ${word} slide; ${patients} patient${patients === 1 ? ' has' : 's have'} one in the whole cohort.`,
      remedy: file === undefined ? `Training, validation and test need a ${word} patient each: add slides of at least three such patients.` : `Give the ${part} part a patient with a ${word} slide.`,
      place,
    };
  });
}

/** The same of a whole cross-validation, in one finding: too many folds for the patients there are. */
export function lackingFolds(slides: readonly CohortSlide[], { folds, by }: SplitOptions, runs: readonly (SplitPart & { readonly split: Split })[]): Diagnostic[] {
  const lacking = runs.map((run) => ({ ...run, lacks: lacksOf(slides, run.split) })).filter(({ lacks }) => lacks.length > 0);
  const [first] = lacking;
  if (!first) return [];
  const { part, label } = first.lacks[0]!;
  const patients = patientsWith(slides, label);
  const where = first.fold === null ? `repeat ${first.repeat}` : `fold ${first.fold}${first.repeat > 1 ? ` of repeat ${first.repeat}` : ''}`;
  const sites = by === 'site' ? ` Its test sites are ${testSites(slides, first.split)}.` : '';
  const most = feasibleFolds(slides);
  const fewer: Fix[] = by === 'patient' && most >= 2 && most < folds ? [{ kind: 'set', title: `Use ${most} folds`, path: ['split', 'folds'], value: most }] : [];
  return [
    {
      severity: 'error',
      code: 'too-few-for-folds',
      message: `${lacking.length} of ${runs.length} runs lack a class in a part, first ${where}: its ${part} part has no ${wordOf(label)} slide.${sites} ${patients} patient${patients === 1 ? ' has' : 's have'} one in the whole cohort.`,
      remedy: by === 'site' ? 'Use fewer folds, so that sites are tested together, or split by patient.' : most >= 2 ? `Use at most ${Math.min(most, folds - 1)} folds, or add slides of more ${wordOf(label)} patients.` : `Add slides of more ${wordOf(label)} patients: cross-validation needs at least three.`,
      place: {},
      ...(fewer.length > 0 ? { fixes: fewer } : {}),
    },
  ];
}

/** Splitting by site needs to know the sites. */
export function lackingSites(slides: readonly CohortSlide[], { by, folds }: SplitOptions): Diagnostic[] {
  if (by !== 'site' || slides.length === 0) return [];
  const without = slides.filter(({ site }) => site === undefined);
  if (without.length > 0) {
    const all = without.length === slides.length;
    return [{ severity: 'error', code: 'site-unknown', message: all ? 'The split is by site, but the cohort table says no site.' : `The split is by site, but ${without.length} of ${slides.length} slides have none, first "${without[0]!.id}" (line ${without[0]!.line}).`, remedy: all ? 'Add a column "site", name it in `cohort.columns.site`, or set `split.by` to "patient".' : 'Fill in the site of each slide, or set `split.by` to "patient".', place: all ? {} : { slide: without[0]!.id } }];
  }
  const sites = new Set(slides.map(({ site }) => site)).size;
  if (sites >= Math.max(folds, 2)) return [];
  return [{ severity: 'error', code: 'too-few-sites', message: `${folds === 0 ? 'Splitting' : `${folds} folds`} by site need${folds === 0 ? 's' : ''} ${Math.max(folds, 3)} sites; the cohort has ${sites}.`, remedy: 'Use fewer folds, or set `split.by` to "patient".', place: {}, ...(sites >= 2 ? { fixes: [{ kind: 'set', title: `Leave one of ${sites} sites out at a time`, path: ['split', 'folds'], value: sites }] } : {}) }];
}

/** A patient seen at two sites ties them together: leaving one out would leave the patient in. */
export function tiedSites(slides: readonly CohortSlide[], { by }: SplitOptions): Diagnostic[] {
  if (by !== 'site') return [];
  const first = new Map<string, CohortSlide>();
  for (const slide of slides) {
    const before = first.get(slide.patient);
    if (!before) first.set(slide.patient, slide);
    else if (before.site !== slide.site) return [{ severity: 'warning', code: 'patient-at-two-sites', message: `Patient "${slide.patient}" has slides of sites "${before.site}" and "${slide.site}": sites that share a patient are tested together.`, remedy: 'Check the site column, or give each slide of the patient one site.', place: { slide: slide.id } }];
  }
  return [];
}

/** One file under two ids: what is in training cannot validate or test. */
export function sharedFiles(slides: readonly CohortSlide[], split: Split): Diagnostic[] {
  const first = new Map<string, CohortSlide>();
  return slides.flatMap((slide): Diagnostic[] => {
    if (slide.path === '') return [];
    const before = first.get(slide.path);
    if (!before) first.set(slide.path, slide);
    return before && split.has(before.id) && split.has(slide.id) && split.get(before.id) !== split.get(slide.id) ? [inTwoParts('error', slide, before, [split.get(slide.id)!, split.get(before.id)!], 'is the same file as')] : [];
  });
}

/** That two rows hold the same slide, in different parts: of the first, and of the one before. */
export function inTwoParts(severity: Diagnostic['severity'], slide: CohortSlide, before: CohortSlide, [here, there]: readonly [SplitName, SplitName], how: string): Diagnostic {
  const parts = new Set([here, there]);
  const where = parts.has('train') ? (parts.has('validation') ? 'Validation would look at what was learnt' : 'Testing would look at what was learnt') : 'Testing would look at what was chosen by';
  return {
    severity,
    code: 'validation-in-training',
    message: `Slide "${slide.id}" (${here}) ${how} slide "${before.id}" (${there}, line ${before.line}). ${where}.`,
    remedy: 'Remove one of the two rows, or give both the same patient.',
    place: { slide: slide.id },
  };
}

function lacksOf(slides: readonly CohortSlide[], split: Split): Lack[] {
  const held = new Set(slides.map(({ id, label }) => `${split.get(id)}/${label}`));
  const parts = [...learnt, ...([...split.values()].includes('held-out') ? (['held-out'] as const) : [])];
  return parts.flatMap((part) => labelsIn(slides).filter((label) => !held.has(`${part}/${label}`)).map((label) => ({ part, label })));
}

/** The most folds in which each has a patient of either class, and the rest two more, to train and to validate. */
function feasibleFolds(slides: readonly CohortSlide[]): number {
  const scarce = Math.min(...labelsIn(slides).map((label) => patientsWith(slides, label)));
  return scarce < 3 ? 0 : scarce;
}

/** Both, but for a cohort of subtypes of which none is negative. */
function labelsIn(slides: readonly CohortSlide[]): (0 | 1)[] {
  return slides.some(({ label }) => label === 0) ? [0, 1] : [1];
}

function patientsWith(slides: readonly CohortSlide[], wanted: 0 | 1): number {
  return new Set(slides.filter(({ label }) => label === wanted).map(({ patient }) => patient)).size;
}

function testSites(slides: readonly CohortSlide[], split: Split): string {
  return [...new Set(slides.filter(({ id }) => split.get(id) === 'test').map(({ site }) => `"${site}"`))].join(', ');
}

function wordOf(label: 0 | 1): string {
  return label === 1 ? 'positive' : 'negative';
}

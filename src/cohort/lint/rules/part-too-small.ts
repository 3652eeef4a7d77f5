import type { SplitName } from '../../contract.js';
import { labelsOf } from '../../table/classes.js';
import type { CohortRule, LintedCohort } from '../contract.js';

/** Patients of a class, below which a number about them says little. */
export const fewPatients = 10;

/** Epochs, rounds and threshold are chosen by so few patients that chance chooses. */
export const validationTooSmall: CohortRule = {
  code: 'validation-too-small',
  find(cohort) {
    const few = fewOf(cohort, 'validation');
    if (!few) return [];
    return [
      {
        message: `Validation has ${few.text}: one more or less called right moves ${few.measure} by ${Math.round(100 / few.count)} points. Epochs, rounds and the threshold chosen by it are chosen by chance as well.`,
        remedy: `Give validation at least ${fewPatients} patients of each class, or repeat the experiment over splits and report the spread.`,
        place: cohort.placeIn(['split']),
      },
    ];
  },
};

/** The result would rest on so few patients that its interval says hardly anything. */
export const testTooSmall: CohortRule = {
  code: 'test-too-small',
  find(cohort) {
    const few = fewOf(cohort, 'test');
    if (!few) return [];
    return [
      {
        message: `The test part has ${few.text}. ${widest(few.count, few.measure, cohort.experiment.evaluation.ci)}`,
        remedy: `Test on at least ${fewPatients} patients of each class, or repeat the experiment over splits and pool the patients.`,
        place: cohort.placeIn(['split']),
      },
    ];
  },
};

/**
 * How precise a rate over `count` patients can be at best: all right gives the narrowest interval there is, and its lower end
 * is (α/2)^(1/n) (Clopper & Pearson 1934).
 * @param level of the interval, e.g. .95.
 */
export function bestPrecision(count: number, level: number): number {
  return ((1 - level) / 2) ** (1 / count);
}

/** That precision in a sentence. */
export function widest(count: number, measure: string, level: number): string {
  return `Even if the model is right about every one of them, the exact ${Number((100 * level).toFixed(1))} % interval of ${measure} reaches from 100 down to ${Math.floor(100 * bestPrecision(count, level))} %.`;
}

interface Few {
  readonly count: number;
  readonly text: string;
  /** The rate that these patients alone decide. */
  readonly measure: string;
}

/** The class of a part with the fewest patients, where they are few; a class without any is an error of its own. */
function fewOf({ experiment: { cohort }, slides, split }: LintedCohort, part: SplitName): Few | undefined {
  const inPart = slides.filter(({ id }) => split.get(id) === part);
  const counts = cohort.classes.map((name) => ({ name, count: new Set(inPart.filter((slide) => labelsOf(cohort, slide).includes(name)).map(({ patient }) => patient)).size }));
  const { name, count } = counts.reduce((fewest, one) => (one.count <= fewest.count ? one : fewest));
  if (count === 0 || count >= fewPatients) return undefined;
  const negative = cohort.negative && name === cohort.classes[0];
  return { count, text: `${count} patient${count === 1 ? '' : 's'} with a slide of class "${name}"`, measure: negative ? 'specificity' : cohort.classes.length === 2 ? 'sensitivity' : `sensitivity for "${name}"` };
}

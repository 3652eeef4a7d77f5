import { fewPatients, widest } from '../../../cohort/lint/rules/part-too-small.js';
import { outputNames } from '../../../shared/experiment/classes.js';
import type { Experiment } from '../../../shared/experiment/index.js';
import type { SlidePrediction } from '../../../shared/run/predictions.js';
import type { RunRule } from './contract.js';

/** The result rests on few slides of a class, and so on no more patients. */
export const testTooSmallForResult: RunRule = {
  code: 'test-too-small',
  find({ experiment, result, test }) {
    if (!result || !test || test.length === 0) return [];
    const sides = sidesOf(experiment, test);
    const { count, text, measure } = sides.reduce((fewest, side) => (side.count < fewest.count ? side : fewest));
    if (count === 0 || count >= fewPatients) return [];
    return [{ message: `The result rests on ${text(count)}. ${widest(count, measure, experiment.evaluation.ci)}`, remedy: `Test on at least ${fewPatients} patients of each class, or repeat the experiment over splits and pool the patients.` }];
  },
};

/** Test slides that alone decide a rate; where there are several classes, only those that test has. */
interface Side {
  readonly count: number;
  readonly measure: string;
  readonly text: (count: number) => string;
}

function sidesOf({ cohort }: Experiment, test: readonly SlidePrediction[]): Side[] {
  const names = outputNames(cohort);
  const slides = (count: number): string => `slide${count === 1 ? '' : 's'}`;
  const positive: Side = { count: test.filter(({ label }) => label === 1).length, measure: 'sensitivity', text: (count) => `${count} positive test ${slides(count)}` };
  const negative: Side = { count: test.length - positive.count, measure: 'specificity', text: (count) => `${count} negative test ${slides(count)}` };
  if (names.length === 1) return [positive, negative];
  const counts = names.map((name, k) => ({ name, count: test.filter(({ classes }) => classes?.includes(k)).length }));
  return [
    ...counts.map(({ name, count }): Side => ({ count, measure: `sensitivity for "${name}"`, text: (few) => `${few} test ${slides(few)} of class "${name}"` })),
    ...(cohort.negative ? [negative] : []),
    ...counts.map(({ name, count }): Side => ({ count: test.length - count, measure: `specificity for "${name}"`, text: (few) => `${few} test ${slides(few)} without "${name}"` })),
  ].filter(({ count }) => count > 0);
}

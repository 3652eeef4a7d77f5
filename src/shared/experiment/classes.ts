import type { CohortOptions } from './index.js';

type Classes = Pick<CohortOptions, 'classes' | 'negative'>;

/** The class of each output of the aggregator: all but the negative one. */
export function outputNames({ classes, negative }: Classes): readonly string[] {
  return negative ? classes.slice(1) : classes;
}

/** The two sides of a cohort, for all that asks only whether a slide is positive: the negative class, and the others in one. */
export function sideNames(options: Classes): readonly [negative: string, positive: string] {
  return [options.negative ? options.classes[0] : '', outputNames(options).join(' / ')];
}

import type { CohortOptions } from '../../shared/experiment/index.js';
import { outputNames } from '../../shared/experiment/classes.js';
import type { CohortSlide } from '../contract.js';

/** Indices of the outputs that a slide with these label values has, ascending; the negative class is no output. */
export function outputsOf(options: CohortOptions, values: readonly string[]): number[] {
  return outputNames(options).flatMap((name, output) => (values.includes(name) ? [output] : []));
}

/** The label values of a slide: the negative class where it has no other. */
export function labelsOf(options: CohortOptions, { classes }: Pick<CohortSlide, 'classes'>): string[] {
  return classes.length === 0 ? [options.classes[0]] : classes.map((output) => outputNames(options)[output]!);
}

import { labelsOf } from '../../table/classes.js';
import type { CohortSlide } from '../../contract.js';
import type { LintedCohort } from '../contract.js';

/** A class against all others. */
export interface Contrast {
  readonly name: string;
  has(slide: CohortSlide): boolean;
}

/** The questions the labels ask: of two classes one, of more one a class. */
export function contrastsOf({ experiment: { cohort } }: Pick<LintedCohort, 'experiment'>): Contrast[] {
  const all = cohort.classes.map((name): Contrast => ({ name, has: (slide) => labelsOf(cohort, slide).includes(name) }));
  return cohort.classes.length === 2 ? all.slice(1) : all;
}

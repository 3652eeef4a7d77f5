import { labelsOf } from '../../table/classes.js';
import type { CohortSlide } from '../../contract.js';
import type { LintedCohort } from '../contract.js';
import { patientGroups, type PatientGroup } from './patients.js';

/** A class against all others. */
export interface Contrast {
  readonly name: string;
  has(slide: CohortSlide): boolean;
  /** The patients of the cohort, told apart by it. */
  readonly groups: readonly PatientGroup[];
}

/** Several rules ask the same of the same cohort. */
const asked = new WeakMap<object, Contrast[]>();

/** Each class against the others. */
export function classContrasts(linted: Pick<LintedCohort, 'experiment' | 'slides'>): Contrast[] {
  const known = asked.get(linted);
  if (known) return known;
  const { cohort } = linted.experiment;
  const contrasts = cohort.classes.map((name): Contrast => {
    const has = (slide: CohortSlide): boolean => labelsOf(cohort, slide).includes(name);
    return { name, has, groups: patientGroups(linted.slides, has) };
  });
  asked.set(linted, contrasts);
  return contrasts;
}

/** The questions the labels ask: of two classes one, of more one a class. */
export function contrastsOf(cohort: Pick<LintedCohort, 'experiment' | 'slides'>): Contrast[] {
  const all = classContrasts(cohort);
  return all.length === 2 ? all.slice(1) : all;
}

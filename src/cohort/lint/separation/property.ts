import type { CohortSlide } from '../../contract.js';
import type { LintedCohort } from '../contract.js';
import { contrastsOf } from './contrasts.js';
import { patientGroups, usual, type PatientGroup } from './patients.js';
import { separationByNumber, separationByValue, strongest, type Separation } from './separate.js';

/** How well one property of slides tells their labels, by its values or a cut through its numbers; of slides that have it. Undefined where none has. */
export function separationOfProperty(cohort: LintedCohort, valueOf: (slide: CohortSlide) => string | number | undefined): Separation | undefined {
  const slides = cohort.slides.filter((slide) => valueOf(slide) !== undefined);
  if (slides.length === 0) return undefined;
  const values = slides.map(valueOf);
  return strongest(contrastsOf(cohort).map(({ has, groups }) => separationBy(values, slides.length === cohort.slides.length ? groups : patientGroups(slides, has))));
}

function separationBy(values: readonly (string | number | undefined)[], groups: readonly PatientGroup[]): Separation {
  const positive = groups.map((group) => group.positive);
  const own = groups.map((group) => usual(group, values));
  const byValue = separationByValue(own, positive);
  if (own.some((value) => typeof value === 'string')) return byValue;
  return strongest([byValue, separationByNumber(own.map((value) => (typeof value === 'number' ? value : NaN)), positive)])!;
}

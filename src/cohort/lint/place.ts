import type { LintedCohort } from './contract.js';

/** Where a finding about the cohort as a whole stands: at its table. */
export function placeOfTable({ slides, placeOf }: Pick<LintedCohort, 'slides' | 'placeOf'>): { readonly file?: string } {
  const { file } = placeOf(slides[0]);
  return file === undefined ? {} : { file };
}

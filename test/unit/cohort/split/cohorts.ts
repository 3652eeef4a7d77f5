import type { CohortSlide } from '../../../../src/cohort/contract.js';
import { Random } from '../../../../src/shared/random.js';

/** A cohort of one slide for each patient, class and site given. */
export function cohortOf(rows: readonly { readonly patient: string; readonly label: 0 | 1; readonly site?: string }[]): CohortSlide[] {
  return rows.map(({ patient, label, site }, i) => ({ id: `s${i}`, path: '', label, classes: label === 1 ? [0] : [], patient, ...(site === undefined ? {} : { site }), mpp: undefined, line: i + 2 }));
}

/** Patients of one to four slides, some with slides of both classes, over a few sites. */
export function randomCohort(seed: number): CohortSlide[] {
  const random = new Random(seed);
  const patients = 20 + random.integer(80);
  const positives = 0.15 + 0.7 * random.uniform();
  return cohortOf(
    Array.from({ length: patients }, (_, i) => {
      const positive = random.uniform() < positives;
      const site = `site ${random.integer(5)}`;
      return Array.from({ length: 1 + random.integer(4) }, () => ({ patient: `p${i}`, label: (positive && random.uniform() < 0.8 ? 1 : 0) as 0 | 1, site }));
    }).flat(),
  );
}

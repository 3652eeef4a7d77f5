import type { CohortSlide, SplitName } from '../contract.js';
import type { LintedCohort } from './contract.js';

/**
 * In what parts two slides are in the first run of the study that keeps them apart; undefined where no run does. Of a
 * cross-validation the first run alone would say little: there most patients train.
 */
export function partsApart({ splits }: Pick<LintedCohort, 'splits'>, a: Pick<CohortSlide, 'id'>, b: Pick<CohortSlide, 'id'>): readonly [SplitName, SplitName] | undefined {
  for (const split of splits) {
    const [one, other] = [split.get(a.id), split.get(b.id)];
    if (one !== undefined && other !== undefined && one !== other) return [one, other];
  }
  return undefined;
}

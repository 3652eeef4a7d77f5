import type { Random } from '../../shared/random.js';
import type { Group } from './groups.js';

/** A class, and the groups that count for it in drawn order. */
export interface Stratum {
  /** Name of its stream of random numbers. */
  readonly name: string;
  readonly groups: readonly Group[];
}

/** The groups class by class, or all as one, each shuffled by a stream of its own: one more patient of a class leaves the draw of the others as it is. */
export function drawStrata(groups: readonly Group[], stratify: boolean, random: Random, stream: string): Stratum[] {
  const strata = stratify ? [...new Set(groups.map(({ stratum }) => stratum))].sort((a, b) => a - b) : [undefined];
  return strata.map((stratum) => {
    const name = `${stream}/${nameOf(stratum)}`;
    return { name, groups: random.fork(name).shuffle(groups.filter((group) => stratum === undefined || group.stratum === stratum)) };
  });
}

// The first two names are those of before there were more classes: the same seeds still draw the same splits.
function nameOf(stratum: number | undefined): string {
  return stratum === undefined ? 'all' : (['negative', 'positive'][stratum] ?? `class-${stratum}`);
}

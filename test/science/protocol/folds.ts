import type { Random } from '../../../src/shared/random.js';

/** What learns, what selects, and what is reported. */
export interface Parts<T> {
  readonly train: readonly T[];
  readonly validation: readonly T[];
  readonly test: readonly T[];
}

/**
 * Stratified folds: each class is shuffled and dealt out in turn, the second class from where the
 * first ended, so that sizes differ by one at most.
 * @returns for each item the fold it is tested in, 0 … folds − 1.
 */
export function stratifiedFolds(labels: readonly number[], folds: number, random: Random): number[] {
  const byClass = [0, 1].map((label) => random.fork(`class/${label}`).shuffle(labels.flatMap((own, i) => (own === label ? [i] : []))));
  const foldOf = new Array<number>(labels.length);
  byClass.flat().forEach((item, position) => (foldOf[item] = position % folds));
  return foldOf;
}

/** One fold is tested, the next one selects, all others train: each item is tested once and selects once. */
export function partsOfFold<T>(items: readonly T[], foldOf: readonly number[], fold: number, folds: number): Parts<T> {
  const inFold = (wanted: number) => items.filter((_, i) => foldOf[i] === wanted);
  const selecting = (fold + 1) % folds;
  return { test: inFold(fold), validation: inFold(selecting), train: items.filter((_, i) => foldOf[i] !== fold && foldOf[i] !== selecting) };
}

import type { Random } from '../../../src/shared/random.js';

/** What learns, and the two parts that the network never sees. */
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

/** Network `pair` leaves the folds 2·pair and 2·pair + 1 out and learns from all others: so each fold is left out once. */
export function partsOfPair<T>(items: readonly T[], foldOf: readonly number[], pair: number): Parts<T> {
  const inFold = (wanted: number) => items.filter((_, i) => foldOf[i] === wanted);
  return { test: inFold(2 * pair), validation: inFold(2 * pair + 1), train: items.filter((_, i) => Math.floor(foldOf[i]! / 2) !== pair) };
}

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

/** The two folds that a network leaves out. */
export type LeftOut = readonly [number, number];

/**
 * The networks of a cross-validation: each leaves two folds out, and each fold is left out by
 * `networks` of them, every time beside another fold. So a fold is tested by networks that never saw
 * it, and what is chosen for it is chosen on bags that these networks never saw either.
 * @param networks of a fold, 1 to folds − 1; `folds` is even where it is odd.
 */
export function designOf(folds: number, networks: number): LeftOut[] {
  const beside = Array.from({ length: Math.floor(networks / 2) }, (_, i) => i + 1);
  const around = beside.flatMap((distance) => Array.from({ length: folds }, (_, fold): LeftOut => [fold, (fold + distance) % folds]));
  const opposite = networks % 2 === 0 ? [] : Array.from({ length: folds / 2 }, (_, fold): LeftOut => [fold, fold + folds / 2]);
  return [...around, ...opposite];
}

/** What a network learns from, and the folds it leaves out: the first to test, the second to validate. */
export function partsOf<T>(items: readonly T[], foldOf: readonly number[], [test, validation]: LeftOut): Parts<T> {
  const inFolds = (wanted: (fold: number) => boolean) => items.filter((_, i) => wanted(foldOf[i]!));
  return { test: inFolds((fold) => fold === test), validation: inFolds((fold) => fold === validation), train: inFolds((fold) => fold !== test && fold !== validation) };
}

import type { Bag } from '../problems/problem.js';
import type { Parts } from './folds.js';

/**
 * Every feature to its rank among the instances of the training bags, spread evenly with mean 0 and
 * standard deviation 1: for features whose tails are so long that all else would shrink to a point
 * beside them. Equal values share the middle of their ranks. Validation and test are only looked up.
 */
export function ranked(parts: Parts<Bag>): Parts<Bag> {
  const size = parts.train[0]!.size;
  const columns = Array.from({ length: size }, (_, feature) => Float32Array.from(parts.train.flatMap(({ instances }) => [...column(instances, feature, size)])).sort());
  const apply = (bag: Bag): Bag => ({ ...bag, instances: bag.instances.map((value, i) => rankOf(value, columns[i % size]!)) });
  return { train: parts.train.map(apply), validation: parts.validation.map(apply), test: parts.test.map(apply) };
}

function* column(instances: Float32Array, feature: number, size: number): Generator<number> {
  for (let i = feature; i < instances.length; i += size) yield instances[i]!;
}

/** −√3 below all of `sorted`, √3 above. */
function rankOf(value: number, sorted: Float32Array): number {
  const share = (firstWhere(sorted, (other) => other >= value) + firstWhere(sorted, (other) => other > value)) / (2 * sorted.length);
  return (share - 0.5) * Math.sqrt(12);
}

/** The first position that holds; what holds once holds for all behind it. */
function firstWhere(sorted: Float32Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

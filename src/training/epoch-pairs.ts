import type { Random } from '../shared/random.js';
import type { Bag } from './bag.js';
import { pairBags, pairGroups } from './pairs.js';

/** The pairs of an epoch: positive with negative slides; where no class is negative, slides of one class with slides of another. */
export function epochPairs(train: readonly Bag[], random: Random): [first: Bag, second: Bag][] {
  const negatives = train.filter(({ label }) => label === 0);
  if (negatives.length > 0) return pairBags(train.filter(({ label }) => label === 1), negatives, random);
  const groups = new Map<string, Bag[]>();
  for (const bag of train) groups.set(bag.classes.join(), [...(groups.get(bag.classes.join()) ?? []), bag]);
  return pairGroups([...groups.keys()].toSorted().map((key) => groups.get(key)!), random);
}

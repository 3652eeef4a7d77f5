import type { Random } from '../shared/random.js';

/**
 * The (positive, negative) pairs of an epoch: every bag is used, the smaller class repeats,
 * reshuffled each time it runs out (design §4).
 */
export function pairBags<T>(positives: readonly T[], negatives: readonly T[], random: Random): [positive: T, negative: T][] {
  const count = Math.max(positives.length, negatives.length);
  const order = (items: readonly T[]) => {
    const drawn: T[] = [];
    while (drawn.length < count) drawn.push(...random.shuffle(items));
    return drawn;
  };
  const [left, right] = [order(positives), order(negatives)];
  return Array.from({ length: count }, (_, i) => [left[i]!, right[i]!]);
}

/**
 * The pairs of an epoch where no class is negative: groups of bags that have the same classes, each
 * paired with the next in a circle, so that the bags of a pair always differ.
 */
export function pairGroups<T>(groups: readonly (readonly T[])[], random: Random): [first: T, second: T][] {
  const pairs = groups.flatMap((group, i) => pairBags(group, groups[(i + 1) % groups.length]!, random));
  return random.shuffle(pairs);
}

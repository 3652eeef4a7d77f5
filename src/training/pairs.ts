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

import type { Random } from '../../../src/shared/random.js';
import type { Bag } from '../problems/problem.js';
import type { Parts } from './folds.js';

/**
 * The same bags with their labels dealt out anew among them: nothing can be learned from them, so what is found
 * all the same is luck, or a leak. All networks of a repeat, which divide the same bags, are given the same labels.
 */
export function withShuffledLabels(parts: Parts<Bag>, random: Random): Parts<Bag> {
  const bags = [...parts.train, ...parts.validation, ...parts.test].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const labels = random.shuffle(bags.map(({ label }) => label));
  const dealt = new Map(bags.map(({ id }, i) => [id, labels[i]!]));
  const apply = (some: readonly Bag[]) => some.map((bag) => ({ ...bag, label: dealt.get(bag.id)! }));
  return { train: apply(parts.train), validation: apply(parts.validation), test: apply(parts.test) };
}

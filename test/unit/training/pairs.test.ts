import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/shared/random.js';
import { pairBags } from '../../../src/training/pairs.js';

describe('pairBags', () => {
  it('uses every bag, and repeats the smaller class as evenly as can be', () => {
    const positives = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];
    const negatives = ['n1', 'n2', 'n3'];
    const pairs = pairBags(positives, negatives, new Random(1));
    expect(pairs.map(([positive]) => positive).sort()).toEqual(positives);
    const uses = negatives.map((name) => pairs.filter(([, negative]) => negative === name).length);
    expect(uses.reduce((a, b) => a + b)).toBe(7);
    expect(Math.max(...uses) - Math.min(...uses)).toBe(1);
  });

  it('draws the same pairs from the same seed and others from another', () => {
    const bags = Array.from({ length: 20 }, (_, i) => i);
    expect(pairBags(bags, bags, new Random(3))).toEqual(pairBags(bags, bags, new Random(3)));
    expect(pairBags(bags, bags, new Random(3))).not.toEqual(pairBags(bags, bags, new Random(4)));
  });
});

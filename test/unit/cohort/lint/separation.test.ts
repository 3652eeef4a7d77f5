import { describe, expect, it } from 'vitest';
import { logTail } from '../../../../src/cohort/lint/separation/hypergeometric.js';
import { separationByMark, separationByNumber, separationByValue, tells } from '../../../../src/cohort/lint/separation/separate.js';
import { Random } from '../../../../src/shared/random.js';

const alternating = (count: number): boolean[] => Array.from({ length: count }, (_, i) => i % 2 === 1);

describe('logTail', () => {
  // Ratios of binomial coefficients, in whole numbers.
  it.each([
    [10, 10, 10, 20, 1 / 184756],
    [9, 10, 10, 20, 101 / 184756],
    [3, 4, 4, 8, 17 / 70],
    [0, 5, 7, 30, 1],
    [49, 50, 50, 100, 2.4789044206567266e-26],
  ])('%i of %i drawn, %i of %i marked', (hits, drawn, marked, total, chance) => {
    expect(Math.exp(logTail(hits, drawn, marked, total))).toBeCloseTo(chance, 12);
    expect(logTail(hits, drawn, marked, total)).toBeCloseTo(Math.log(chance), 3);
  });

  it('is no chance at all above what can be drawn', () => {
    expect(logTail(6, 5, 5, 10)).toBe(-Infinity);
  });
});

describe('tells', () => {
  it('is sure of twenty patients told apart, not of eight', () => {
    const words = (count: number): string[] => alternating(count).map((positive) => (positive ? 'b' : 'a'));
    expect(tells(separationByValue(words(20), alternating(20)), 1)).toBe(true);
    expect(tells(separationByValue(words(8), alternating(8)), 1)).toBe(false);
  });

  it('learns nothing from ids', () => {
    const ids = Array.from({ length: 200 }, (_, i) => `id${i}`);
    expect(tells(separationByValue(ids, alternating(200)), 1)).toBe(false);
  });

  it('takes a column that is nearly right, and leaves one that is half right', () => {
    const nearly = alternating(100).map((positive, i) => (positive !== (i === 3) ? 'b' : 'a'));
    const half = alternating(100).map((positive, i) => (positive === (i % 8 < 6) ? 'b' : 'a'));
    expect(tells(separationByValue(nearly, alternating(100)), 10)).toBe(true);
    expect(tells(separationByValue(half, alternating(100)), 10)).toBe(false);
  });

  it('finds a cut in either direction', () => {
    const high = alternating(40).map((positive, i) => (positive ? 100 : 0) + i / 50);
    expect(separationByNumber(high, alternating(40)).correlation).toBe(1);
    expect(separationByNumber(high.map((value) => -value), alternating(40)).correlation).toBe(1);
    expect(separationByMark(alternating(40).map((positive) => !positive), alternating(40)).correlation).toBe(1);
    expect(separationByNumber(high.map(() => 3), alternating(40)).correlation).toBe(0);
  });

  it('is hardly ever fooled by chance: random columns in small cohorts', () => {
    const random = new Random(7);
    let fired = 0;
    for (let cohort = 0; cohort < 400; cohort++) {
      const count = 10 + random.integer(40);
      const positive = random.shuffle(alternating(count));
      const levels = 2 + random.integer(6);
      const values = positive.map(() => `${random.integer(levels)}`);
      if (tells(separationByValue(values, positive), 1) || tells(separationByNumber(positive.map(() => random.uniform()), positive), 1)) fired++;
    }
    expect(fired).toBe(0);
  });
});

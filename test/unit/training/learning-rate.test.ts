import { describe, expect, it } from 'vitest';
import { learningRate } from '../../../src/training/learning-rate.js';

describe('learningRate', () => {
  it('stays where it is when constant', () => {
    expect([1, 5, 10].map((epoch) => learningRate({ lr: 0.3, schedule: 'constant', epochs: 10 }, epoch))).toEqual([0.3, 0.3, 0.3]);
  });

  it('falls along a cosine from the peak, one step an epoch', () => {
    const rates = Array.from({ length: 4 }, (_, i) => learningRate({ lr: 1, schedule: 'cosine', epochs: 4 }, i + 1));
    expect(rates[0]).toBe(1);
    expect(rates[2]).toBeCloseTo(0.5, 12);
    expect(rates[3]).toBeCloseTo(0.5 * (1 - Math.SQRT1_2), 12);
  });
});

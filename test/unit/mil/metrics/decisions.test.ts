import { describe, expect, it } from 'vitest';
import { accuracy, balancedAccuracy, brierScore, confusionAt, f1, kappa, precision, recall } from '../../../../src/mil/metrics/index.js';

describe('decisions', () => {
  const c = confusionAt([1, 1, 1, 0, 0, 0, 0, 0], [0.9, 0.5, 0.2, 0.6, 0.4, 0.3, 0.2, 0.1], 0.5);

  it('call a score at the threshold positive', () => {
    expect(c).toEqual({ truePositives: 2, falsePositives: 1, trueNegatives: 4, falseNegatives: 1 });
  });

  it('are summed up as the textbooks have it', () => {
    expect(accuracy(c)).toBe(0.75);
    expect(precision(c)).toBeCloseTo(2 / 3, 12);
    expect(recall(c)).toBeCloseTo(2 / 3, 12);
    expect(f1(c)).toBeCloseTo(2 / 3, 12);
    expect(balancedAccuracy(c)).toBeCloseTo((2 / 3 + 4 / 5) / 2, 12);
    expect(kappa(c)).toBeCloseTo((0.75 - 34 / 64) / (1 - 34 / 64), 12);
  });

  it('are null, never NaN, where undefined', () => {
    const nothing = confusionAt([], [], 0.5);
    expect([accuracy(nothing), precision(nothing), recall(nothing), f1(nothing), balancedAccuracy(nothing), kappa(nothing)]).toEqual(Array(6).fill(null));
    const oneClass = confusionAt([0, 0], [0.1, 0.2], 0.5);
    expect([accuracy(oneClass), recall(oneClass), f1(oneClass), balancedAccuracy(oneClass), kappa(oneClass)]).toEqual([1, null, null, null, null]);
    expect(brierScore([], [])).toBeNull();
    expect(brierScore([1], [NaN])).toBeNull();
  });

  it('brier is the mean squared error of probabilities', () => {
    expect(brierScore([1, 0], [0.8, 0.4])).toBeCloseTo((0.04 + 0.16) / 2, 12);
  });
});

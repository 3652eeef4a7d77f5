import { describe, expect, it } from 'vitest';
import { normalReach, twoSidedP } from '../../../../src/mil/statistics/distributions.js';
import { correctedTInterval, summariseRuns, tInterval, wilson } from '../../../../src/mil/statistics/index.js';
import type { SlideMetrics } from '../../../../src/shared/run/metrics.js';
import { close, golden } from './golden.js';

describe('the normal distribution', () => {
  it('has its quantiles, and tails that never become 0', () => {
    const { z, p, level, reach } = golden.normal;
    expect(close(level.map(normalReach), reach, 12)).toBe(true);
    z.forEach((at, i) => expect(twoSidedP(at) / p[i]!).toBeCloseTo(1, 10));
    expect(twoSidedP(-30)).toBeGreaterThan(0);
  });
});

describe('intervals of a mean', () => {
  it.each(golden.t)('are Student\'s, and Nadeau and Bengio\'s over folds', ({ values, ratio, mean, sd, plain, corrected }) => {
    const student = tInterval(values, 0.95);
    expect(close([student.mean, student.sd, student.low, student.high], [mean, sd, ...plain], 9)).toBe(true);
    const folds = correctedTInterval(values, ratio, 0.95);
    expect(close([folds.low, folds.high], corrected, 9)).toBe(true);
    expect(folds.high! - folds.low!).toBeGreaterThan(student.high! - student.low!);
  });

  it('are not made of one value, nor of none', () => {
    expect(tInterval([0.9], 0.95)).toEqual({ n: 1, mean: 0.9, sd: null, low: null, high: null });
    expect(tInterval([], 0.95)).toEqual({ n: 0, mean: null, sd: null, low: null, high: null });
  });
});

describe('Wilson\'s interval', () => {
  it.each(golden.wilson)('of $count of $of', ({ count, of, level, interval }) => {
    const { low, high } = wilson(count, of, level);
    expect(close([low, high], interval, 12)).toBe(true);
  });

  // Newcombe 1998 (Statist. Med. 17:857), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i of %i is the published one', (count, of, low, high) => {
    const found = wilson(count, of, 0.95);
    expect(close([found.low, found.high], [low, high], 4.3)).toBe(true);
  });

  it('of nothing is nothing', () => {
    expect(wilson(0, 0, 0.95)).toEqual({ count: 0, of: 0, value: null, low: null, high: null });
  });
});

describe('several runs', () => {
  const run = (auroc: number | null): SlideMetrics => {
    const estimate = { value: auroc, low: null, high: null };
    return { slides: 10, patients: 10, threshold: 0.5, loss: null, auroc: estimate, averagePrecision: estimate, accuracy: estimate, balancedAccuracy: estimate, f1: estimate, brier: estimate };
  };

  it('are told whole, with mean and sd, and what is not defined is left out of them', () => {
    const { auroc } = summariseRuns([run(0.8), run(null), run(0.9), run(0.85)], { level: 0.95 });
    expect(auroc).toMatchObject({ values: [0.8, null, 0.9, 0.85], n: 3, method: 't' });
    expect(auroc.mean).toBeCloseTo(0.85, 12);
    expect(auroc.sd).toBeCloseTo(0.05, 12);
  });

  it('have a wider interval as folds of one cohort', () => {
    const runs = [run(0.8), run(0.9), run(0.85)];
    const [seeds, folds] = [summariseRuns(runs, { level: 0.95 }), summariseRuns(runs, { level: 0.95, testToTrain: 0.5 })];
    expect(folds.auroc.method).toBe('corrected-t');
    expect(folds.auroc.low!).toBeLessThan(seeds.auroc.low!);
  });
});

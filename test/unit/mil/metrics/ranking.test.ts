import { describe, expect, it } from 'vitest';
import { areaUnderPrCurve, auroc, averagePrecision, chooseThreshold, maximumF1, operatingPoints, youdenThreshold } from '../../../../src/mil/metrics/index.js';
import { Random } from '../../../../src/shared/random.js';

const points = (labels: number[], scores: number[]) => operatingPoints(labels, scores)!;

/** The probability that a positive scores above a negative, ties counting half. */
function aurocByPairs(labels: number[], scores: number[]): number {
  let won = 0;
  let pairs = 0;
  labels.forEach((label, i) =>
    labels.forEach((other, j) => {
      if (label !== 1 || other !== 0) return;
      pairs++;
      won += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
    }),
  );
  return won / pairs;
}

describe('ranking metrics', () => {
  it('know the textbook cases', () => {
    expect(auroc(points([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))).toBe(0.75);
    expect(averagePrecision(points([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))).toBeCloseTo(0.8333333, 6);
    expect(auroc(points([0, 1], [0.2, 0.2]))).toBe(0.5);
    expect(averagePrecision(points([0, 1, 1], [0.2, 0.2, 0.2]))).toBeCloseTo(2 / 3, 12);
    expect(areaUnderPrCurve(points([1, 0], [0.9, 0.1]))).toBe(1);
    expect(areaUnderPrCurve(points([0, 1], [0.9, 0.1]))).toBeCloseTo(0.25, 12);
  });

  it('count ties half, whatever their number', () => {
    const random = new Random(5);
    for (let trial = 0; trial < 20; trial++) {
      const labels = Array.from({ length: 40 }, (_, i) => (i < 2 ? i : random.integer(2)));
      const scores = labels.map(() => random.integer(6) / 6);
      expect(auroc(points(labels, scores))).toBeCloseTo(aurocByPairs(labels, scores), 12);
    }
  });

  it('are undefined with one class or a score that is no number', () => {
    expect(operatingPoints([1, 1], [0.1, 0.2])).toBeUndefined();
    expect(operatingPoints([], [])).toBeUndefined();
    expect(operatingPoints([0, 1], [NaN, 0.2])).toBeUndefined();
  });

  it('take a million instances', () => {
    const random = new Random(1);
    const labels = new Int8Array(1_000_000);
    const scores = new Float32Array(labels.length);
    for (let i = 0; i < labels.length; i++) {
      labels[i] = i % 10 === 0 ? 1 : 0;
      scores[i] = random.uniform() + 0.5 * labels[i];
    }
    // P(U + 0.5 > V) of two uniforms is 7/8.
    expect(auroc(operatingPoints(labels, scores)!)).toBeCloseTo(0.875, 2);
  });
});

describe('thresholds', () => {
  it('youden: the highest of the best', () => {
    expect(youdenThreshold(points([1, 0, 1, 0], [0.9, 0.7, 0.5, 0.1]))).toBe(0.9);
    expect(youdenThreshold(points([1, 1, 0, 0], [0.9, 0.7, 0.5, 0.1]))).toBe(0.7);
  });

  it('youden: calls nothing positive where that is best', () => {
    const threshold = youdenThreshold(points([0, 1], [0.8, 0.2]));
    expect(threshold).toBe(1.8);
  });

  it('f1: the lowest of the best', () => {
    const { f1, threshold } = maximumF1(points([1, 0, 1, 1, 0], [0.9, 0.8, 0.7, 0.6, 0.1]));
    expect(threshold).toBe(0.6);
    expect(f1).toBeCloseTo(6 / 7, 9);
  });

  it('fall back to a half without both classes', () => {
    expect(chooseThreshold('youden', [1, 1], [0.9, 0.2])).toBe(0.5);
    expect(chooseThreshold('f1', [0], [0.9])).toBe(0.5);
    expect(chooseThreshold('half', [0, 1], [0.1, 0.9])).toBe(0.5);
    expect(chooseThreshold('youden', [0, 1], [0.1, 0.9])).toBe(0.9);
  });
});

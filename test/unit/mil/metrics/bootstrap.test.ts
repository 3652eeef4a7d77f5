import { describe, expect, it } from 'vitest';
import { bootstrapIntervals, instanceMetrics, quantileOfSorted, slideMetrics, type PredictedSlide } from '../../../../src/mil/metrics/index.js';
import { Random } from '../../../../src/shared/random.js';

const options = (resamples: number, seed = 1) => ({ resamples, level: 0.95, random: new Random(seed) });
const mean = (values: number[]) => (indices: Int32Array) => ({ mean: Array.from(indices, (index) => values[index]).reduce((a, b) => a + b, 0) / indices.length });

describe('quantile', () => {
  it('interpolates between neighbours as NumPy does', () => {
    expect(quantileOfSorted([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantileOfSorted([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12);
    expect(quantileOfSorted([7], 0.3)).toBe(7);
    expect([quantileOfSorted([1, 2], 0), quantileOfSorted([1, 2], 1)]).toEqual([1, 2]);
    expect(quantileOfSorted([], 0.5)).toBeNaN();
  });
});

describe('bootstrap', () => {
  it('holds the interval of a mean, close to the normal one', () => {
    const random = new Random(3);
    const values = Array.from({ length: 400 }, () => random.normal());
    const { low, high } = bootstrapIntervals(values.map(String), mean(values), options(1000)).estimates.mean;
    const half = (high! - low!) / 2;
    expect(half).toBeGreaterThan(0.85 * 1.96 * 0.05);
    expect(half).toBeLessThan(1.15 * 1.96 * 0.05);
  });

  it('is wider when the samples belong to few patients', () => {
    const values = Array.from({ length: 60 }, (_, i) => Math.floor(i / 10) + 0.01 * i);
    const width = (patients: string[]) => {
      const { low, high } = bootstrapIntervals(patients, mean(values), options(500)).estimates.mean;
      return high! - low!;
    };
    expect(width(values.map((_, i) => `patient ${Math.floor(i / 10)}`))).toBeGreaterThan(2 * width(values.map(String)));
  });

  it('repeats with the seed', () => {
    const values = [1, 5, 2, 8];
    expect(bootstrapIntervals(['a', 'b', 'c', 'd'], mean(values), options(50, 9))).toEqual(bootstrapIntervals(['a', 'b', 'c', 'd'], mean(values), options(50, 9)));
  });

  it('leaves out and counts the resamples in which a statistic is undefined', () => {
    const labels = [0, 1];
    const both = (indices: Int32Array) => ({ both: new Set(Array.from(indices, (index) => labels[index])).size === 2 ? 1 : null });
    const { estimates, skipped } = bootstrapIntervals(['a', 'b'], both, options(400));
    expect(estimates.both).toEqual({ value: 1, low: 1, high: 1 });
    expect(skipped.both).toBeGreaterThan(140);
    expect(skipped.both).toBeLessThan(260);
  });
});

describe('slide metrics', () => {
  const slide = (patient: string, label: 0 | 1, probability: number): PredictedSlide => ({ patient, label, probability });
  const slides = [slide('a', 0, 0.1), slide('a', 0, 0.6), slide('b', 1, 0.7), slide('c', 1, 0.4), slide('d', 0, 0.2), slide('e', 1, 0.9)];

  it('carry values and intervals', () => {
    const metrics = slideMetrics(slides, 0.5, 0.3, options(200));
    expect(metrics).toMatchObject({ slides: 6, patients: 5, threshold: 0.5, loss: 0.3 });
    expect(metrics.auroc.value).toBeCloseTo(8 / 9, 12);
    expect(metrics.accuracy.value).toBeCloseTo(4 / 6, 12);
    for (const { value, low, high } of [metrics.auroc, metrics.averagePrecision, metrics.accuracy, metrics.balancedAccuracy, metrics.f1, metrics.brier]) {
      expect(low!).toBeLessThanOrEqual(value!);
      expect(high!).toBeGreaterThanOrEqual(value!);
    }
  });

  it('leave intervals out without resamples, and values out with one class', () => {
    expect(slideMetrics(slides, 0.5, null, options(0)).brier).toMatchObject({ low: null, high: null });
    const metrics = slideMetrics(slides.filter(({ label }) => label === 0), 0.5, null, options(20));
    expect(metrics.auroc).toEqual({ value: null, low: null, high: null });
    expect(metrics.accuracy.value).toBeCloseTo(2 / 3, 12);
  });
});

describe('instance metrics', () => {
  const slides = [
    { patient: 'a', label: 1 as const, scores: Float32Array.of(0.9, 0.2, 0.8, 0.1), truth: Int8Array.of(1, 0, 1, -1) },
    { patient: 'b', label: 0 as const, scores: Float32Array.of(0.4, 0.3), truth: Int8Array.of(0, 0) },
    { patient: 'c', label: 0 as const, scores: Float32Array.of(0.95, 0.05), truth: undefined },
  ];

  it('look only at patches whose truth is known, but at all patches of negative slides for false alarms', () => {
    const metrics = instanceMetrics(slides, 0.3, options(100));
    expect(metrics).toMatchObject({ patches: 5, positives: 2, negativeSlidePositiveShare: 3 / 4 });
    expect(metrics.auroc).toEqual({ value: 1, low: 1, high: 1 });
  });

  it('have no interval where it would take too long', () => {
    expect(instanceMetrics(slides, 0.3, options(1e7)).auroc).toEqual({ value: 1, low: null, high: null });
  });

  it('are null without truth or negative slides', () => {
    expect(instanceMetrics([{ ...slides[0], truth: undefined }], 0.3, options(10))).toEqual({
      patients: 0,
      patches: 0,
      positives: 0,
      auroc: { value: null, low: null, high: null },
      averagePrecision: { value: null, low: null, high: null },
      negativeSlidePositiveShare: null,
    });
  });
});

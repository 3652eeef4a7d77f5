import { describe, expect, it } from 'vitest';
import { atSpecificity, decisionCurve, equalMassBins, equalWidthBins, expectedCalibrationError, recalibration, slideStatistics, thresholdAtSpecificity } from '../../../../src/mil/statistics/index.js';
import { splitStatisticsSchema } from '../../../../src/shared/run/statistics.js';
import { close, golden } from './golden.js';

describe('calibration', () => {
  it.each(golden.calibration)('agrees with numpy, scikit-learn and statsmodels', ({ labels, probabilities, slope, intercept, width, mass }) => {
    for (const [bins, wanted] of [[equalWidthBins({ labels, probabilities }, 10, 0.95), width], [equalMassBins({ labels, probabilities }, 6, 0.95), mass]] as const) {
      expect(close(bins.map(({ predicted }) => predicted), wanted.predicted, 12)).toBe(true);
      expect(close(bins.map(({ observed }) => observed), wanted.observed, 12)).toBe(true);
      expect(expectedCalibrationError(bins)).toBeCloseTo(wanted.ece, 12);
    }
    const found = recalibration(labels, probabilities, 0.95);
    expect(close([found.slope.value, found.slope.low, found.slope.high], slope, 6)).toBe(true);
    expect(close([found.intercept.value, found.intercept.low, found.intercept.high], intercept, 6)).toBe(true);
  });

  it('never parts equal probabilities', () => {
    const bins = equalMassBins({ labels: [0, 1, 0, 1, 0, 1], probabilities: [0.5, 0.5, 0.5, 0.5, 0.5, 0.9] }, 3, 0.95);
    expect(bins).toMatchObject([{ slides: 5, predicted: 0.5, observed: 0.4 }, { slides: 1, predicted: 0.9, observed: 1 }]);
  });

  it('has no slope where a threshold parts the classes, none at all with one class, and none of nothing', () => {
    const parted = recalibration([0, 0, 1, 1], [0.1, 0.2, 0.6, 0.7], 0.95);
    expect(parted.slope.value).toBeNull();
    expect(parted.intercept.value).not.toBeNull();
    expect(recalibration([1, 1], [0.4, 0.6], 0.95).intercept.value).toBeNull();
    expect(expectedCalibrationError([])).toBeNull();
  });

  it('says of sure and wrong probabilities what is finite', () => {
    const { intercept, slope } = recalibration([0, 1, 0, 1, 0, 1], [1, 0, 0, 1, 0.4, 0.5], 0.95);
    for (const value of [intercept.value, slope.value]) expect(Number.isFinite(value)).toBe(true);
  });
});

describe('a decision curve', () => {
  it('weighs false alarms by the odds of the threshold', () => {
    const [point] = decisionCurve([1, 1, 0, 0, 0], [0.9, 0.3, 0.8, 0.2, 0.1], [0.25]);
    expect(point!.model).toBeCloseTo(2 / 5 - (1 / 5) / 3, 12);
    expect(point!.all).toBeCloseTo(2 / 5 - (3 / 5) / 3, 12);
  });
});

describe('an operating point', () => {
  const validation = { labels: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1], probabilities: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.7, 0.3, 0.6, 0.8, 0.9] };

  it('takes the lowest threshold that keeps the specificity on validation', () => {
    // One of ten negatives may be wrong: 0.7 is, 0.45 must not be.
    expect(thresholdAtSpecificity(validation, 0.9)).toBe(0.6);
    expect(thresholdAtSpecificity(validation, 0.95)).toBe(0.8);
    expect(thresholdAtSpecificity(validation, 0)).toBe(0.05);
  });

  it('is measured elsewhere, where the specificity is what it is', () => {
    const { threshold, sensitivity, specificity } = atSpecificity(validation, { labels: [0, 0, 1, 1], probabilities: [0.65, 0.1, 0.7, 0.5] }, 0.9, 0.95);
    expect(threshold).toBe(0.6);
    expect(sensitivity).toMatchObject({ count: 1, of: 2, value: 0.5 });
    expect(specificity).toMatchObject({ count: 1, of: 2, value: 0.5 });
  });

  it('calls nothing positive where only that keeps it', () => {
    const hopeless = { labels: [0, 1], probabilities: [0.9, 0.1] };
    expect(atSpecificity(hopeless, hopeless, 0.95, 0.95)).toMatchObject({ threshold: null, sensitivity: { count: 0, of: 1 }, specificity: { count: 1, of: 1 } });
  });
});

describe('the statistics of a split', () => {
  const slide = (patient: string, label: 0 | 1, probability: number) => ({ patient, label, probability });
  const slides = [slide('a', 0, 0.1), slide('a', 1, 0.6), slide('b', 1, 0.7), slide('c', 1, 0.4), slide('d', 0, 0.5), slide('e', 0, 0.2)];

  it('count who stands behind them, and are what a result holds', () => {
    const found = slideStatistics(slides, slides, 0.95);
    expect(found.positives).toEqual({ slides: 3, patients: 3 });
    expect(found.negatives).toEqual({ slides: 3, patients: 3 });
    expect(found.delong.value).toBeCloseTo(8 / 9, 12);
    expect(splitStatisticsSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
  });

  it('are empty, never NaN, of one class or of nothing', () => {
    for (const few of [slides.filter(({ label }) => label === 0), []]) {
      const found = slideStatistics(few, slides, 0.95);
      expect(splitStatisticsSchema.safeParse(JSON.parse(JSON.stringify(found))).success).toBe(true);
      expect(found.delong.value).toBeNull();
      expect(JSON.stringify(found)).not.toContain('NaN');
    }
  });
});

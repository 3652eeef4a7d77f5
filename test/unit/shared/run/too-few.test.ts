import { describe, expect, it } from 'vitest';
import { fewestPatients, formatBriefly, formatEstimate, formatMetric, intervalText, patientsBehind, told } from '../../../../src/shared/run/too-few.js';
import { formatInterval } from '../../../../src/shared/study/summary.js';

const estimate = { value: 0.75, low: 0, high: 1 };

describe('numbers that few patients stand behind', () => {
  it('are told without their interval, and why', () => {
    expect(formatEstimate(estimate, fewestPatients - 1)).toBe('0.750 (too few patients for an interval, n = 4)');
    expect(formatEstimate(estimate, fewestPatients)).toBe('0.750 [0.000, 1.000]');
    expect(formatEstimate({ value: null, low: null, high: null }, 0)).toBe('–');
    expect(told(estimate, 2)).toEqual({ value: 0.75, low: null, high: null });
    expect(told(estimate, 5)).toEqual(estimate);
  });

  it('count the smaller side, and half of all where a run of before did not say', () => {
    expect(patientsBehind({ patients: 30, smallerSide: 3 })).toBe(3);
    expect(patientsBehind({ patients: 9 })).toBe(4);
    expect(formatMetric({ patients: 30, smallerSide: 3, auroc: estimate }, 'auroc')).toContain('n = 3');
    expect(formatMetric({ patients: 10, auroc: estimate }, 'auroc')).toContain('[');
  });

  it('are all patients where the metric is a mean over all slides', () => {
    const metrics = { patients: 60, smallerSide: 3, accuracy: estimate, brier: estimate, f1: estimate };
    expect(formatMetric(metrics, 'accuracy')).toBe('0.750 [0.000, 1.000]');
    expect(formatMetric(metrics, 'brier')).toContain('[');
    expect(formatMetric(metrics, 'f1')).toContain('n = 3');
    expect(formatMetric({ ...metrics, patients: 4 }, 'accuracy')).toContain('n = 4');
  });

  it('are told briefly in narrow places', () => {
    expect(formatBriefly({ patients: 40, smallerSide: 2, auroc: estimate })).toBe('0.750 (n = 2)');
    expect(formatBriefly({ patients: 40, smallerSide: 20, auroc: estimate })).toBe('0.750 [0.000, 1.000]');
  });

  it('say in a tile why there is nothing', () => {
    const of = (smallerSide: number) => intervalText({ patients: 40, smallerSide, auroc: estimate });
    expect(of(8)).toBe('0.000 to 1.000');
    expect(of(2)).toBe('too few patients for an interval, n = 2');
    expect(intervalText({ patients: 40, auroc: { value: null, low: null, high: null } })).toBe('not defined: one class only');
    expect(intervalText({ patients: 40, auroc: { value: 1, low: null, high: null } })).toBe('no interval');
  });

  it('of two folds have no t-interval, and of more none beyond 0 and 1', () => {
    expect(formatInterval({ n: 2, low: -3, high: 4 })).toBe('(too few values for an interval, n = 2)');
    expect(formatInterval({ n: 3, low: -0.2, high: 1.3 })).toBe('[0.000, 1.000]');
    expect(formatInterval({ n: 1, low: null, high: null })).toBe('');
  });
});

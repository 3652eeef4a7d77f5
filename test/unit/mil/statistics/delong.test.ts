import { describe, expect, it } from 'vitest';
import { auroc, operatingPoints } from '../../../../src/mil/metrics/index.js';
import { placements } from '../../../../src/mil/statistics/placements.js';
import { aurocCovariance, delongDifference, delongInterval } from '../../../../src/mil/statistics/index.js';
import { Random } from '../../../../src/shared/random.js';
import { close, golden } from './golden.js';

describe('DeLong', () => {
  it.each(golden.delong.map((sample, i) => [i, sample] as const))('agrees with the structural components taken pair by pair, sample %i', (_, sample) => {
    const found = aurocCovariance(sample, [sample.a, sample.b])!;
    expect(close(found.aurocs, sample.aurocs, 12)).toBe(true);
    expect(close(found.covariance!.flat(), sample.covariance.flat(), 12)).toBe(true);
    const interval = delongInterval(sample, sample.a, 0.95);
    expect(close([interval.low, interval.high], sample.interval, 10)).toBe(true);
    const { value, low, high, p } = delongDifference(sample, sample.a, sample.b, 0.95);
    expect(close([value, low, high, p], sample.difference, 10)).toBe(true);
  });

  it('agrees with the structural components in numpy on the ovarian cancer patients of DeLong 1988, data as in the manual of SAS PROC LOGISTIC', () => {
    // Albumin, total protein, 10 − K-G score; 1: surgery does not help.
    const rows = ovarian.trim().split(/\s{2,}|\n/).map((row) => row.trim().split(/\s+/).map(Number));
    const labels = rows.map((row) => row[3]!);
    const [albumin, protein, kg] = [rows.map((row) => row[0]!), rows.map((row) => row[1]!), rows.map((row) => 10 - row[2]!)];
    const sample = { labels, patients: labels.map((_, i) => `${i}`) };
    const { aurocs, covariance } = aurocCovariance(sample, [albumin, protein, kg])!;
    expect(close(aurocs, [0.7366, 0.6478, 0.7258], 4.3)).toBe(true);
    expect(close(covariance!.map((row, i) => Math.sqrt(row[i]!)), [0.0927, 0.1, 0.1028], 4.2)).toBe(true);
    const { value, low, high, p } = delongDifference(sample, protein, kg, 0.95);
    expect(close([value, low, high, p], [-0.078, -0.283, 0.1271, 0.4561], 4.2)).toBe(true);
    expect(delongDifference(sample, albumin, kg, 0.95).p).toBeCloseTo(0.9102, 4);
  });

  it('has the AUROC of the ROC curve, ties and all', () => {
    const random = new Random(4);
    for (let trial = 0; trial < 20; trial++) {
      const labels = Array.from({ length: 30 }, (_, i) => (i < 2 ? i : random.integer(2)));
      const scores = labels.map(() => random.integer(5));
      expect(placements(labels, scores).auroc).toBeCloseTo(auroc(operatingPoints(labels, scores)!), 12);
    }
  });

  it('stays within 0 and 1 near 1, and is not symmetric there', () => {
    const labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    const scores = [0.1, 0.2, 0.3, 0.3, 0.4, 0.85, 0.8, 0.9, 0.9, 0.95, 0.97, 0.99];
    const { value, low, high } = delongInterval({ labels, patients: labels.map((_, i) => `${i}`) }, scores, 0.95);
    expect(high!).toBeLessThan(1);
    expect(value! - low!).toBeGreaterThan(high! - value!);
  });

  it('holds the truth as often as it says', () => {
    // AUROC of N(1,1) against N(0,1) is Φ(1/√2).
    const truth = 0.7602499389065233;
    const random = new Random(11);
    const labels = Array.from({ length: 80 }, (_, i) => i % 2);
    const patients = labels.map((_, i) => `${i}`);
    let held = 0;
    for (let trial = 0; trial < 400; trial++) {
      const { low, high } = delongInterval({ labels, patients }, labels.map((label) => random.normal() + label), 0.9);
      held += low! <= truth && truth <= high! ? 1 : 0;
    }
    expect(held / 400).toBeGreaterThan(0.86);
    expect(held / 400).toBeLessThan(0.94);
  });

  it('is wider where slides come from few patients', () => {
    const random = new Random(2);
    const labels = Array.from({ length: 60 }, (_, i) => Math.floor(i / 6) % 2);
    const ofPatient = Array.from({ length: 10 }, () => random.normal());
    const scores = labels.map((label, i) => label + 2 * ofPatient[Math.floor(i / 6)]! + 0.1 * random.normal());
    const width = (patients: string[]) => {
      const { low, high } = delongInterval({ labels, patients }, scores, 0.95);
      return high! - low!;
    };
    expect(width(labels.map((_, i) => `${Math.floor(i / 6)}`))).toBeGreaterThan(1.5 * width(labels.map((_, i) => `${i}`)));
  });

  it('claims no interval it cannot have', () => {
    const alone = (labels: number[]) => ({ labels, patients: labels.map((_, i) => `${i}`) });
    expect(delongInterval(alone([0, 0, 1, 1]), [0.1, 0.2, 0.8, 0.9], 0.95)).toEqual({ value: 1, low: null, high: null });
    expect(delongInterval(alone([0, 0, 1]), [0.1, 0.9, 0.8], 0.95)).toEqual({ value: 0.5, low: null, high: null });
    expect(delongDifference(alone([0, 0, 1]), [0.1, 0.9, 0.8], [0.1, 0.2, 0.8], 0.95)).toEqual({ value: -0.5, low: null, high: null, p: null });
    expect(delongInterval(alone([0, 0, 1, 1]), [0.1, NaN, 0.8, 0.9], 0.95).value).toBeNull();
    expect(delongInterval({ labels: [0, 0, 1, 1], patients: ['a', 'a', 'b', 'c'] }, [0.1, 0.85, 0.8, 0.9], 0.95)).toEqual({ value: 0.75, low: null, high: null });
    expect(delongInterval(alone([1, 1]), [0.1, 0.2], 0.95).value).toBeNull();
  });

  it('finds no difference of a model to itself', () => {
    const { labels, a, patients } = golden.delong[0]!;
    expect(delongDifference({ labels, patients }, a, a, 0.95)).toEqual({ value: 0, low: 0, high: 0, p: 1 });
  });
});

const ovarian = `
3.0 5.8 10 0  3.2 6.3 5 1  3.9 6.8 3 1  2.8 4.8 6 0  3.2 5.8 3 1  0.9 4.0 5 0  2.5 5.7 8 0  1.6 5.6 5 1
3.8 5.7 5 1  3.7 6.7 6 1  3.2 5.4 4 1  3.8 6.6 6 1  4.1 6.6 5 1  3.6 5.7 5 1  4.3 7.0 4 1  3.6 6.7 4 0
2.3 4.4 6 1  4.2 7.6 4 0  4.0 6.6 6 0  3.5 5.8 6 1  3.8 6.8 7 1  3.0 4.7 8 0  4.5 7.4 5 1  3.7 7.4 5 1
3.1 6.6 6 1  4.1 8.2 6 1  4.3 7.0 5 1  4.3 6.5 4 1  3.2 5.1 5 1  2.6 4.7 6 1  3.3 6.8 6 0  1.7 4.0 7 0
3.7 6.1 5 1  3.3 6.3 7 1  4.2 7.7 6 1  3.5 6.2 5 1  2.9 5.7 9 0  2.1 4.8 7 1  2.8 6.2 8 0  4.0 7.0 7 1
3.3 5.7 6 1  3.7 6.9 5 1  3.6 6.6 5 1
`;

import { describe, expect, it } from 'vitest';
import { patientResamples } from '../../../../src/mil/metrics/bootstrap.js';
import { benjaminiHochberg, delongDifference, holm, pairedBootstrap, wilcoxon } from '../../../../src/mil/statistics/index.js';
import { placements } from '../../../../src/mil/statistics/placements.js';
import { Random } from '../../../../src/shared/random.js';
import { close, golden } from './golden.js';

describe('Wilcoxon\'s signed ranks', () => {
  it.each(golden.wilcoxon.map((pairs, i) => [i, pairs] as const))('agree with scipy, or with all signs enumerated, sample %i', (_, { a, b, statistic, p }) => {
    const found = wilcoxon(a, b);
    expect(found.statistic).toBe(statistic);
    expect(found.p).toBeCloseTo(p, 10);
    expect(found.exact).toBe(a.length <= 200);
  });

  it('know Darwin\'s maize: W = 24, p = 0.0413', () => {
    const differences = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75];
    expect(wilcoxon(differences, differences.map(() => 0))).toEqual({ n: 15, equal: 0, statistic: 24, p: 0.041259765625, exact: true });
  });

  it('cannot find anything in five folds, and say nothing of equal ones', () => {
    expect(wilcoxon([2, 3, 4, 5, 6], [1, 1, 1, 1, 1]).p).toBe(0.0625);
    expect(wilcoxon([1, 1], [1, 1])).toEqual({ n: 0, equal: 2, statistic: 0, p: 1, exact: true });
  });
});

describe('corrections for several comparisons', () => {
  it('agree with statsmodels', () => {
    const { p, holm: ofHolm, bh } = golden.multiple;
    expect(close(holm(p), ofHolm, 12)).toBe(true);
    expect(close(benjaminiHochberg(p), bh, 12)).toBe(true);
  });

  it('reject what Benjamini and Hochberg reject in their section 2.2', () => {
    const ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
    expect(benjaminiHochberg(ps).filter((p) => p <= 0.05)).toHaveLength(4);
    expect(holm(ps).filter((p) => p <= 0.05)).toHaveLength(3);
  });

  it('leave one alone, and have nothing to say of none', () => {
    expect([holm([0.03]), benjaminiHochberg([0.03]), holm([]), benjaminiHochberg([])]).toEqual([[0.03], [0.03], [], []]);
  });
});

describe('the paired bootstrap', () => {
  const { labels, a, b, patients } = golden.delong[2]!;
  const options = (resamples: number) => ({ resamples, level: 0.95, random: new Random(1) });
  const difference = (indices: Int32Array): number | null => {
    const chosen = [...indices];
    const label = chosen.map((i) => labels[i]!);
    if (new Set(label).size < 2) return null;
    return placements(label, chosen.map((i) => a[i]!)).auroc - placements(label, chosen.map((i) => b[i]!)).auroc;
  };

  it('comes near DeLong, by another way', () => {
    const boot = pairedBootstrap(patients, difference, options(2000));
    const exact = delongDifference({ labels, patients }, a, b, 0.95);
    expect(boot.value).toBeCloseTo(exact.value!, 12);
    expect(Math.abs(boot.low! - exact.low!)).toBeLessThan(0.04);
    expect(Math.abs(boot.high! - exact.high!)).toBeLessThan(0.04);
  });

  it('has p of 1 where nothing differs, and of no less than its resamples allow where all does', () => {
    expect(pairedBootstrap(patients, () => 0, options(99)).p).toBe(1);
    expect(pairedBootstrap(patients, () => 0.3, options(99)).p).toBeCloseTo(0.02, 12);
    expect(pairedBootstrap(patients, () => null, options(9))).toEqual({ value: null, low: null, high: null, p: null });
  });

  it('takes whole patients', () => {
    for (const indices of patientResamples(patients, 20, new Random(3))) {
      const times = new Map<string, Set<number>>();
      for (const patient of new Set(patients)) {
        const own = patients.flatMap((name, i) => (name === patient ? [i] : []));
        times.set(patient, new Set(own.map((i) => indices.filter((index) => index === i).length)));
      }
      expect([...times.values()].every((counts) => counts.size === 1)).toBe(true);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { bootstrapIntervals, classValues, slideValues } from '../../../../src/mil/metrics/index.js';
import { aurocCovariance, benjaminiHochberg, decisionCurve, delongDifference, delongInterval, holm, pairedBootstrap, slideStatistics, wilcoxon } from '../../../../src/mil/statistics/index.js';
import { Random } from '../../../../src/shared/random.js';
import { shapes } from './shapes.js';

/** Numbers to 10 digits, null where there is none. */
const near = (wanted: readonly (number | null)[]): unknown[] => wanted.map((value) => (value === null ? null : expect.closeTo(value, 10)));

describe.each(shapes.samples.map((sample, i) => [`${i}: ${sample.labels.length} slides of ${new Set(sample.patients).size} patients, ${sample.labels.reduce((a, b) => a + b, 0)} positive`, sample] as const))('sample %s', (_, sample) => {
  const { labels, first, second, validation } = sample;
  const people = { labels, patients: sample.patients.map((patient) => `p${patient}`) };
  const predicted = (of: readonly number[], probabilities: readonly number[]) => of.map((label, i) => ({ patient: `p${i}`, label: label as 0 | 1, probability: probabilities[i]! }));

  it('has the AUROC, the covariance and the test of DeLong', () => {
    const { value, low, high } = delongInterval(people, first, 0.95);
    expect([value, low, high]).toEqual(near(sample.delong));
    expect(aurocCovariance(people, [first, second])?.covariance?.flat() ?? null).toEqual(sample.covariance && near(sample.covariance.flat()));
    const difference = delongDifference(people, first, second, 0.95);
    expect([difference.value, difference.low, difference.high, difference.p]).toEqual(near(sample.difference));
  });

  it('has the metrics, counted as they are defined', () => {
    const { averagePrecision, accuracy, balancedAccuracy, f1, brier } = slideValues(labels, first, 0.5);
    expect([averagePrecision, accuracy, balancedAccuracy, f1, brier]).toEqual(near([sample.averagePrecision, sample.accuracy, sample.balancedAccuracy, sample.f1, sample.brier]));
  });

  it('has the calibration error, the operating points and the net benefit', () => {
    const { calibration, operatingPoints } = slideStatistics(predicted(labels, first), predicted(validation.labels, validation.probabilities), 0.95);
    expect([calibration.ece.equalWidth, calibration.ece.equalMass]).toEqual(near([sample.ece.equalWidth, sample.ece.equalMass]));
    expect(operatingPoints.map(({ threshold, sensitivity, specificity }) => ({ threshold, hits: sensitivity.count, spared: specificity.count }))).toEqual(sample.points);
    expect(decisionCurve(labels, first, sample.benefit.map(([threshold]) => threshold)).map(({ model, all }) => [model, all])).toEqual(sample.benefit.map(([, ...benefit]) => near(benefit)));
  });
});

describe('Wilcoxon\'s signed ranks', () => {
  it.each(shapes.wilcoxon)('are those of all signs, with ties and equal pairs, of $n that differ', ({ a, b, n, statistic, p }) => {
    expect(wilcoxon(a, b)).toEqual({ n, equal: a.length - n, statistic, p: expect.closeTo(p, 12) as number, exact: true });
  });

  it.each(shapes.wilcoxon)('do not hang on how a share is rounded, of $n that differ', ({ a, b, n, statistic, p }) => {
    const share = (of: readonly number[]): number[] => of.map((value) => value / 100);
    expect(wilcoxon(share(a), share(b))).toMatchObject({ n, statistic, p: expect.closeTo(p, 12) as number });
    expect(wilcoxon(share(a).map((value, i) => value - b[i]! / 100), a.map(() => 0))).toMatchObject({ n, statistic });
  });
});

describe('corrections', () => {
  it.each(shapes.corrections)('are the definitions\', with ties: %#', ({ p, holm: ofHolm, bh }) => {
    expect(holm(p)).toEqual(near(ofHolm));
    expect(benjaminiHochberg(p)).toEqual(near(bh));
  });
});

describe('the bootstrap over patients', () => {
  const { resamples, samples } = shapes.bootstrap;
  /** Five standard deviations of a share of the resamples. */
  const reach = (share: number): number => 5 * Math.sqrt((share * (1 - share)) / resamples);

  it.each(samples)('lies where all resamples say that it must: %#', ({ labels, patients, first, second, auroc, accuracy, gap, skipped, shares }) => {
    const people = patients.map((patient) => `p${patient}`);
    const of = (scores: readonly number[], indices: Int32Array) => slideValues(Uint8Array.from(indices, (i) => labels[i]!), Float64Array.from(indices, (i) => scores[i]!), 0.5);
    const bootstrap = { resamples, level: 0.95, random: new Random(5) };
    const found = bootstrapIntervals(people, (indices) => of(first, indices), bootstrap);
    const difference = pairedBootstrap(people, (indices) => {
      const [a, b] = [of(first, indices).auroc, of(second, indices).auroc];
      return a === null || b === null ? null : a - b;
    }, bootstrap);
    const within = ({ low, high }: { readonly low: number | null; readonly high: number | null }, band: readonly number[]): void => {
      expect([low! >= band[0]! - 1e-9, low! <= band[1]! + 1e-9, high! >= band[2]! - 1e-9, high! <= band[3]! + 1e-9], `${low} to ${high} within ${band.join(', ')}`).toEqual([true, true, true, true]);
    };
    within(found.estimates.auroc, auroc);
    within(found.estimates.accuracy, accuracy);
    within(difference, gap);
    expect(Math.abs(found.skipped.auroc / resamples - skipped)).toBeLessThan(reach(skipped) + 1e-12);
    const share = Math.min(...shares);
    expect(Math.abs(difference.p! - Math.min(1, 2 * share))).toBeLessThan(2 * reach(share) + 2 / resamples);
  });
});

describe('several classes', () => {
  it.each(shapes.classes)('have the means over $names.length classes, exclusive $exclusive, a negative $negative: %#', ({ names, exclusive, negative, threshold, truth, probabilities, values }) => {
    const slides = truth.map((classes, i) => ({ patient: `p${i}`, classes, probabilities: probabilities[i]! }));
    const { auroc, averagePrecision, f1, brier, accuracy, balancedAccuracy } = classValues(slides, { names, exclusive, negative, threshold })([...slides.keys()]);
    expect([auroc, averagePrecision, f1, brier, accuracy, balancedAccuracy]).toEqual(near([values.auroc, values.averagePrecision, values.f1, values.brier, values.accuracy, values.balancedAccuracy]));
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classMetrics, type ClassedSlide } from '../../../../src/mil/metrics/index.js';
import { classStatistics, compareClassModels, type ComparedMetric } from '../../../../src/mil/statistics/index.js';
import { Random } from '../../../../src/shared/random.js';
import { classStatisticsSchema } from '../../../../src/shared/run/statistics.js';
import { close, goldenClasses, type ClassesGolden } from './golden.js';
import { twoSided } from './two-sided.js';

/** A stream that draws the patients the golden file drew. */
class Replay extends Random {
  #draws: number[];
  constructor(draws: readonly (readonly number[])[]) {
    super(0);
    this.#draws = draws.flat();
  }
  override integer(): number {
    return this.#draws.shift()!;
  }
}

const metrics = ['auroc', 'accuracy', 'balancedAccuracy', 'f1'] as const satisfies readonly ComparedMetric[];
const namesOf = (sample: ClassesGolden): string[] => sample.each.map((_, k) => `class ${k}`);
const slidesOf = ({ patients, classes, probabilities }: ClassesGolden): ClassedSlide[] => patients.map((patient, i) => ({ patient: `p${patient}`, classes: classes[i]!, probabilities: probabilities[0]![i]! }));
const validationOf = ({ validation: { classes, probabilities } }: ClassesGolden): ClassedSlide[] => classes.map((of, i) => ({ patient: `v${i}`, classes: of, probabilities: probabilities[i]! }));
const bootstrap = (sample: ClassesGolden) => ({ resamples: sample.draws.length, level: 0.95, random: new Replay(sample.draws) });

describe.each(goldenClasses.map((sample, i) => [i, sample] as const))('statistics of several classes, sample %i', (_, sample) => {
  const names = namesOf(sample);
  const { exclusive, negative, thresholds } = sample;

  it('have the means over classes of numpy, and its percentiles over the same patients', () => {
    const found = classMetrics(slidesOf(sample), { names, exclusive, negative, threshold: thresholds[0]! }, null, bootstrap(sample));
    for (const metric of metrics) expect(close([found[metric].value, found[metric].low, found[metric].high], sample.metrics[metric], 12)).toBe(true);
  });

  it('tell each class against the rest as numpy does', () => {
    const { classes, topClass, classwise } = classStatistics(slidesOf(sample), validationOf(sample), names, 0.95);
    classes.forEach(({ name, delong, calibration, operatingPoints }, k) => {
      const wanted = sample.each[k]!;
      expect(name).toBe(names[k]);
      expect(close([delong.value, delong.low, delong.high], wanted.auroc, 10)).toBe(true);
      expect(close([calibration.ece.equalMass, calibration.ece.equalWidth], [wanted.ece.equalMass, wanted.ece.equalWidth], 12)).toBe(true);
      expect(close([calibration.intercept.value, calibration.intercept.low, calibration.intercept.high], wanted.intercept, 6)).toBe(true);
      expect(close([calibration.slope.value, calibration.slope.low, calibration.slope.high], wanted.slope, 6)).toBe(true);
      expect(operatingPoints.map(({ threshold, sensitivity, specificity }) => ({ threshold, hits: sensitivity.count, spared: specificity.count }))).toEqual(wanted.points);
    });
    expect(close([topClass.ece.equalMass, topClass.ece.equalWidth, classwise.equalMass, classwise.equalWidth], [sample.topEce.equalMass, sample.topEce.equalWidth, sample.classwise.equalMass, sample.classwise.equalWidth], 12)).toBe(true);
  });

  it('compare two models as numpy does: by bootstrap, and each class by DeLong with Holm', () => {
    const compared = { names, exclusive, negative, patients: sample.patients.map((patient) => `p${patient}`), classes: sample.classes };
    const models = sample.probabilities.map((probabilities, i) => ({ probabilities, threshold: thresholds[i]! }));
    for (const metric of metrics) {
      const { differences, ofClasses } = compareClassModels(compared, models, metric, { ...bootstrap(sample), random: () => new Replay(sample.draws) });
      const { value, low, high, p } = differences[0]!.bootstrap;
      expect(close([value, low, high, p], sample.differences[metric], 12)).toBe(true);
      expect(differences[0]!.p).toBe(p);
      expect(ofClasses).toHaveLength(metric === 'auroc' ? names.length : 0);
      ofClasses.forEach((one, k) => expect(close([one.value, one.low, one.high, one.p, one.holm], [...sample.tests[k]!, sample.holm[k]!], 10)).toBe(true));
    }
  });
});

describe('statistics of several classes', () => {
  const slide = (patient: string, classes: number[], probabilities: number[]): ClassedSlide => ({ patient, classes, probabilities });

  it('are what a result holds, and no NaN, where a class or everything is missing', () => {
    for (const slides of [[slide('a', [0], [0.9, 0.2]), slide('b', [0], [0.3, 0.4])], []]) {
      const found = classStatistics(slides, slides, ['a', 'b'], 0.95);
      expect(classStatisticsSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
      expect(found.classes.map(({ delong }) => delong.value)).toEqual([null, null]);
    }
  });

  it('have no interval of the mean from resamples that lost a class', () => {
    // The class b has one patient: of the resamples without it the mean would be that of a alone, which is 1.
    const slides = [slide('p', [1], [0.2, 0.1]), slide('q', [0], [0.9, 0.4]), slide('r', [0], [0.8, 0.6]), slide('s', [], [0.1, 0.5])];
    const { auroc, accuracy } = classMetrics(slides, { names: ['a', 'b'], exclusive: true, negative: true, threshold: 0.5 }, null, { resamples: 200, level: 0.95, random: new Random(3) });
    expect(auroc).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
    expect(accuracy.low!).toBeLessThan(accuracy.high!);
  });
});

describe('statistics of two sides', () => {
  it('are byte by byte what they were before there were several classes', () => {
    expect(`${twoSided()}\n`).toBe(readFileSync(new URL('../../../golden/statistics/two-sided.json', import.meta.url), 'utf8'));
  });
});

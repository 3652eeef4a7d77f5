import { describe, expect, it } from 'vitest';
import { calledClasses, classMetrics, type ClassedSlide } from '../../../../src/mil/metrics/index.js';
import { Random } from '../../../../src/shared/random.js';

const none = { resamples: 0, level: 0.95, random: new Random(1) };
const slide = (patient: string, classes: number[], probabilities: number[]): ClassedSlide => ({ patient, classes, probabilities });

describe('called classes', () => {
  it('is the likeliest of exclusive classes, and nothing where nothing is likely and a slide may have none', () => {
    const options = { exclusive: true, negative: true, threshold: 0.5 };
    expect(calledClasses([0.6, 0.9], options)).toEqual([1]);
    expect(calledClasses([0.1, 0.4], options)).toEqual([]);
    expect(calledClasses([0.1, 0.4], { ...options, negative: false })).toEqual([1]);
    expect(calledClasses([0.6, 0.9], { ...options, exclusive: false })).toEqual([0, 1]);
  });
});

describe('class metrics', () => {
  const slides = [slide('p', [0], [0.9, 0.2]), slide('p', [1], [0.3, 0.8]), slide('q', [], [0.4, 0.1]), slide('r', [1], [0.7, 0.6])];
  const options = { names: ['a', 'b'], exclusive: true, negative: true, threshold: 0.5 };

  it('takes means over classes against the rest, and counts a slide right only where all of it is', () => {
    const metrics = classMetrics(slides, options, 0.3, none);
    expect(metrics.classes!.map(({ name, slides: count, auroc }) => [name, count, auroc.value])).toEqual([['a', 1, 1], ['b', 2, 1]]);
    expect(metrics.auroc.value).toBe(1);
    expect(metrics.accuracy.value).toBe(0.75);
    // Label values none, a and b: 1, 1 and ½ of them right.
    expect(metrics.balancedAccuracy.value).toBeCloseTo(2.5 / 3, 12);
    // a: called twice, once rightly, one slide has it; b: called once, rightly, two have it.
    expect(metrics.f1.value).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
    expect(metrics).toMatchObject({ slides: 4, patients: 3, loss: 0.3, threshold: 0.5 });
  });

  it('leaves a class that no slide has out of the mean', () => {
    const metrics = classMetrics(slides.filter(({ classes }) => !classes.includes(0)), options, null, none);
    expect(metrics.classes![0]!.auroc.value).toBeNull();
    expect(metrics.auroc.value).toBe(metrics.classes![1]!.auroc.value);
  });

  it('has an interval of every class', () => {
    const many = Array.from({ length: 40 }, (_, i) => slide(`p${i}`, [i % 2], [(i % 2 ? 0.2 : 0.6) + (i % 5) / 10, (i % 2 ? 0.6 : 0.3) + (i % 3) / 10]));
    const { classes, auroc } = classMetrics(many, { ...options, negative: false }, null, { ...none, resamples: 100 });
    for (const { low, high, value } of [auroc, ...classes!.map((found) => found.auroc)]) expect([low! <= value!, value! <= high!]).toEqual([true, true]);
  });
});

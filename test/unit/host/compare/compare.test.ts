import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../../src/host/compare/index.js';
import { renderComparison } from '../../../../src/host/compare/render.js';
import { delongDifference } from '../../../../src/mil/statistics/index.js';
import { experimentSchema, type ExperimentInput } from '../../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../../src/shared/files.js';
import { Random } from '../../../../src/shared/random.js';
import { readPredictions, type SlidePrediction } from '../../../../src/shared/run/predictions.js';
import { makeRun } from '../../report/fixtures.js';
import { temporaryFolder } from '../run/fixtures.js';

const count = 40;
const labelOf = (i: number): 0 | 1 => (i % 2 === 0 ? 0 : 1);

/** A run that is done and said this of its test slides. */
function tested(probability: (i: number) => number, change: (prediction: SlidePrediction, i: number) => SlidePrediction | undefined = (one) => one): string {
  const run = makeRun(temporaryFolder(), [], { bank: false });
  const predictions = Array.from({ length: count }, (_, i): SlidePrediction => ({ slide: `s${i}`, patient: `p${Math.floor(i / 2)}`, split: 'test', label: labelOf(i), probability: probability(i) }));
  replaceJson(join(run, 'test-predictions.json'), predictions.flatMap((one, i) => change(one, i) ?? []));
  return run;
}

/** Scores that tell positives by `strength`. */
function scores(strength: number, seed: number): (i: number) => number {
  const random = new Random(seed);
  const drawn = Array.from({ length: count }, (_, i) => 1 / (1 + Math.exp(-(strength * (labelOf(i) - 0.5) + random.normal()))));
  return (i) => drawn[i]!;
}

describe('comparing runs', () => {
  it('finds a large difference and no other, by DeLong over patients, corrected for the pairs', () => {
    const [good, alike, poor] = [scores(4, 1), scores(4, 2), scores(0, 3)];
    const { differences } = compareRuns([tested(good), tested(alike), tested(poor)], 'auroc');
    expect(differences.map(({ first, second }) => [first, second])).toEqual([[0, 1], [0, 2], [1, 2]]);
    expect(differences[0]!.p!).toBeGreaterThan(0.05);
    expect(differences[1]!.p!).toBeLessThan(0.01);
    expect(differences[1]!.corrected.holm!).toBeGreaterThanOrEqual(differences[1]!.p!);
    const order = [...Array(count).keys()].map((i) => `s${i}`).sort().map((slide) => Number(slide.slice(1)));
    const sample = { labels: order.map(labelOf), patients: order.map((i) => `p${Math.floor(i / 2)}`) };
    expect(differences[1]!.delong).toEqual(delongDifference(sample, order.map(good), order.map(poor), 0.95));
  });

  it('pairs slides by name, whatever their order', () => {
    const [a, b] = [scores(2, 1), scores(1, 2)];
    const turned = tested(b, (_, i) => ({ slide: `s${count - 1 - i}`, patient: `p${Math.floor((count - 1 - i) / 2)}`, split: 'test', label: labelOf(count - 1 - i), probability: b(count - 1 - i) }));
    expect(compareRuns([tested(a), turned], 'auroc').differences).toEqual(compareRuns([tested(a), tested(b)], 'auroc').differences);
  });

  it('compares decisions at the threshold of each run, by bootstrap', () => {
    const { differences } = compareRuns([tested(scores(5, 1)), tested(scores(0, 2))], 'balancedAccuracy');
    expect(differences[0]!.delong).toBeUndefined();
    expect(differences[0]!.p).toBe(differences[0]!.bootstrap.p);
    expect(differences[0]!.bootstrap.low!).toBeGreaterThan(0);
  });

  it('tells neither interval nor p where few patients have the class, but of accuracy, which all are behind', () => {
    const few = (probability: (i: number) => number) => tested(probability, (one, i) => ({ ...one, patient: `p${i}`, label: i < 3 ? 1 : 0 }));
    const runs = [few(scores(2, 1)), few(scores(1, 2))];
    const comparison = compareRuns(runs, 'auroc');
    expect(comparison.differences[0]!.delong!.low).not.toBeNull();
    const text = renderComparison(comparison);
    expect(text).toContain('Too few patients for intervals and tests: 3 stand behind the numbers; 5 are needed.');
    expect(text).toMatch(/A − B +[+−]0\.\d{3} +–/);
    const accuracy = renderComparison(compareRuns(runs, 'accuracy'));
    expect(accuracy).not.toContain('Too few patients');
    expect(accuracy).toMatch(/A − B +[+−]0\.\d{3} \[/);
  });

  it('refuses other test slides, labels and patients, and says which', () => {
    const whole = tested(scores(2, 1));
    const without = tested(scores(2, 1), (one, i) => (i < 7 ? undefined : one));
    expect(() => compareRuns([whole, without], 'auroc')).toThrow(/Only in .*: s0, s1, s2, s3, s4 and 2 more\./);
    const mislabelled = tested(scores(2, 1), (one, i) => (i === 3 ? { ...one, label: 0 } : one));
    expect(() => compareRuns([whole, mislabelled], 'auroc')).toThrow(/Labelled otherwise in .*: s3\./);
    const stranger = tested(scores(2, 1), (one, i) => (i === 4 ? { ...one, patient: 'x' } : one));
    expect(() => compareRuns([whole, stranger], 'auroc')).toThrow(/Of another patient in .*: s4\./);
  });

  it('refuses what is not done', () => {
    expect(() => compareRuns([tested(scores(2, 1)), makeRun(temporaryFolder(), [], { done: false, bank: false })], 'auroc')).toThrow('not done');
  });

  it('says when nobody knows the patients', () => {
    const old = (seed: number): string => tested(scores(2, seed), ({ patient: _, ...one }) => one);
    const text = renderComparison(compareRuns([old(1), old(2)], 'auroc'));
    expect(text).toContain('40 test slides of unknown patients (20 positive, 20 negative)');
    expect(text).toContain('each counts as a patient of its own');
  });

  it('tells corrected p where several were tested, and only there', () => {
    const runs = [1, 2, 3].map((seed) => tested(scores(2, seed)));
    expect(renderComparison(compareRuns(runs.slice(1), 'auroc'))).not.toContain('Holm');
    const text = renderComparison(compareRuns(runs, 'auroc'));
    expect(text).toContain('p (Holm)');
    expect(text).toContain('3 differences were tested');
    expect(text).toMatch(/A − C +[+−]0\.\d{3} \[[+−]0\.\d{3}, [+−]0\.\d{3}\]/);
  });
});

describe('comparing runs of several classes', () => {
  const names = ['a', 'b', 'c'];
  const classOf = (i: number): number => i % names.length;

  /** Scores of each class that tell it from the rest by `strength`. */
  function classed(strength: number, seed: number, cohort: Partial<ExperimentInput['cohort']> = {}): string {
    const random = new Random(seed);
    const probabilities = Array.from({ length: count }, (_, i) => names.map((__, k) => 1 / (1 + Math.exp(-(strength * (Number(classOf(i) === k) - 0.5) + random.normal())))));
    const run = tested((i) => Math.max(...probabilities[i]!), (one, i) => ({ ...one, label: 1, classes: [classOf(i)], probabilities: probabilities[i]! }));
    replaceJson(join(run, 'experiment.json'), experimentSchema.parse({ name: 'classes', cohort: { table: 'c.csv', classes: names, negative: false, ...cohort } }));
    return run;
  }

  it('finds which mean differs, by bootstrap, and in which class, by DeLong with Holm', () => {
    const comparison = compareRuns([classed(5, 1), classed(5, 2), classed(0, 3)], 'auroc');
    expect(comparison.differences.every(({ delong }) => delong === undefined)).toBe(true);
    expect(comparison.differences[0]!.p!).toBeGreaterThan(0.05);
    expect(comparison.differences[1]!.p!).toBeLessThan(0.01);
    expect(comparison.ofClasses).toHaveLength(9);
    for (const { p, holm } of comparison.ofClasses) expect(holm!).toBeGreaterThanOrEqual(p!);
    const text = renderComparison(comparison);
    expect(text).toContain('(14 a, 13 b, 13 c)');
    expect(text).toContain('By bootstrap over patients');
    expect(text).toMatch(/A − C +b +\+0\.\d{3} \[/);
    expect(text).toContain('all 9 tests of this table');
  });

  it('counts a slide right where all of its classes are', () => {
    const { differences, ofClasses } = compareRuns([classed(6, 1), classed(0, 2)], 'accuracy');
    expect(differences[0]!.bootstrap.low!).toBeGreaterThan(0);
    expect(ofClasses).toEqual([]);
  });

  it('refuses other classes, and slides that have others', () => {
    const run = classed(2, 1);
    expect(() => compareRuns([run, classed(2, 2, { classes: ['a', 'c', 'b'] })], 'auroc')).toThrow(/do not tell the same classes: a, b, c in .*, a, c, b in /);
    expect(() => compareRuns([run, tested(scores(2, 1))], 'auroc')).toThrow(/one against the rest in /);
    const mislabelled = classed(2, 1);
    const file = join(mislabelled, 'test-predictions.json');
    replaceJson(file, readPredictions(file)!.map((one, i) => (i === 5 ? { ...one, classes: [0, 1] } : one)));
    expect(() => compareRuns([run, mislabelled], 'auroc')).toThrow(/Labelled otherwise in .*: s5\./);
  });
});

import { describe, expect, it } from 'vitest';
import type { DoneMember, StudyMaterial } from '../../../../src/host/study/material.js';
import { studyHtml } from '../../../../src/host/study/report/html.js';
import { studyMarkdown } from '../../../../src/host/study/report/markdown.js';
import { studyMethods } from '../../../../src/host/study/report/methods.js';
import { toldStudy } from '../../../../src/host/study/report/told.js';
import { summariseStudy } from '../../../../src/host/study/summarise.js';
import { experimentSchema } from '../../../../src/shared/experiment/index.js';
import type { SlidePrediction } from '../../../../src/shared/run/predictions.js';
import type { Lineage } from '../../../../src/shared/run/state.js';
import { studySummarySchema } from '../../../../src/shared/study/summary.js';
import { goldenClasses, type ClassesGolden } from '../../mil/statistics/golden.js';
import { result, slideMetrics } from '../run/fixtures.js';

const estimate = (value: number) => ({ value, low: null, high: null });

/** A study of which members have this test AUROC each; undefined: not begun. Slides of fold f are a, b, c and d of f. */
function material(aurocs: readonly { repeat?: number; fold: number | null; seed: number; auroc: number | undefined }[], folds = 3): StudyMaterial {
  const members = aurocs.map(({ repeat = 1, fold, seed, auroc }) => {
    const summary = auroc === undefined ? undefined : { run: 'r', state: 'done' as const, status: { state: 'done' as const, name: 'x', experimentFile: 'x', round: 1, rounds: 1, progress: 1, pid: 1, host: 'h', started: 1, heartbeat: 1 }, result: { ...result, test: { ...slideMetrics, slides: 4, auroc: estimate(auroc) } } };
    return { repeat, fold, seed, run: `/studies/x/runs/r${repeat}-f${fold}-s${seed}`, ...(summary ? { summary } : {}) };
  });
  const predictions = (fold: number | null): SlidePrediction[] => [0.9, 0.6, 0.7, 0.1].map((probability, i) => ({ slide: `${'abcd'[i]}${fold}`, split: 'test', label: i < 2 ? 1 : 0, probability }));
  return {
    state: { folder: '/studies/x', study: { name: 'x', experimentFile: '/x.mil.json', created: 0, members: [] }, members, state: 'waiting' },
    experiment: experimentSchema.parse({ name: 'x', cohort: { table: 'c.csv' }, split: { folds } }),
    done: members.flatMap((member): DoneMember[] => (member.summary ? [{ ...member, summary: member.summary, result: member.summary.result, predictions: { test: predictions(member.fold), heldOut: [] }, trained: 8, warnings: [] }] : [])),
    patientOf: (slide) => slide,
  };
}

const markdown = (whole: StudyMaterial): string => studyMarkdown(toldStudy(whole, summariseStudy(whole)));
const html = (whole: StudyMaterial): string => studyHtml(toldStudy(whole, summariseStudy(whole)), whole.experiment);

describe('the sum of a study', () => {
  it('is the mean over folds with the interval of Nadeau and Bengio', () => {
    const summary = summariseStudy(material([{ fold: 1, seed: 1, auroc: 0.8 }, { fold: 2, seed: 1, auroc: 0.9 }, { fold: 3, seed: 1, auroc: 0.85 }]));
    expect(summary.folds).toMatchObject({ method: 'corrected-t', testToTrain: 0.5, units: ['fold 1', 'fold 2', 'fold 3'] });
    const { mean, sd, low, high } = summary.folds!.metrics.auroc;
    expect([mean, sd]).toEqual([expect.closeTo(0.85, 12), expect.closeTo(0.05, 12)]);
    // t of 2 degrees of freedom at 97.5 %: 4.302653; 1/3 + 1/2 of the variance.
    expect(high! - mean!).toBeCloseTo(4.302653 * 0.05 * Math.sqrt(1 / 3 + 1 / 2), 5);
    expect(mean! - low!).toBeCloseTo(high! - mean!, 12);
    expect(summary.seeds).toBeUndefined();
  });

  it('takes the mean over seeds in each fold, and over folds in each seed', () => {
    const values = [[0.7, 0.9], [0.8, 1], [0.6, 0.8]];
    const { folds, seeds } = summariseStudy(material(values.flatMap((of, f) => of.map((auroc, s) => ({ fold: f + 1, seed: s + 5, auroc })))));
    expect(folds!.metrics.auroc.values).toEqual([0.8, 0.9, 0.7].map((value) => expect.closeTo(value, 12) as number));
    expect(seeds).toMatchObject({ method: 't', units: ['seed 5', 'seed 6'] });
    expect(seeds!.metrics.auroc.values).toEqual([0.7, 0.9].map((value) => expect.closeTo(value, 12) as number));
  });

  it('pools the predictions out of fold, once a repeat and seed has them all', () => {
    const whole = summariseStudy(material([1, 2, 3].map((fold) => ({ fold, seed: 1, auroc: 0.75 }))));
    // In each fold 3 of 4 pairs are ranked right, and all folds have the same scores.
    expect(whole.outOfFold).toMatchObject({ slides: 12, patients: 12, auroc: { value: 0.75 }, each: [{ repeat: 1, seed: 1, auroc: 0.75 }] });
    expect(summariseStudy(material([{ fold: 1, seed: 1, auroc: 0.75 }, { fold: 2, seed: 1, auroc: 0.75 }, { fold: 3, seed: 1, auroc: undefined }])).outOfFold).toBeUndefined();
  });

  it('leaves out what is not done, and says so', () => {
    const some = material([{ fold: 1, seed: 1, auroc: 0.8 }, { fold: 2, seed: 1, auroc: undefined }, { fold: 3, seed: 1, auroc: 0.9 }]);
    const summary = summariseStudy(some);
    expect(summary.folds!.metrics.auroc).toMatchObject({ values: [0.8, null, 0.9], n: 2 });
    expect(summary.members.map(({ state }) => state)).toEqual(['done', 'waiting', 'done']);
    expect(markdown(some)).toContain('1 of 3 runs are not done and left out');
  });

  it('passes its own schema, and its report names how every number was chosen', () => {
    const whole = material([1, 2, 3].map((fold) => ({ fold, seed: 1, auroc: 0.7 + fold / 20 })));
    const summary = summariseStudy(whole);
    expect(studySummarySchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
    for (const text of [markdown(whole), html(whole)]) {
      expect(text).toContain('highest validation AUROC');
      expect(text).toContain('Nadeau');
      expect(text).not.toMatch(/\bbest\b/i);
    }
    expect(markdown(whole)).toContain('Test AUROC 0.800 ± 0.050');
  });
});

describe('the methods of a study', () => {
  const lineage = (slides: number, version = '0.1.0'): Lineage => ({ hardmine: version, node: 'v20', platform: 'linux-x64', engine: { kind: 'onnx', version: '1', threads: 2, reason: '' }, packages: {}, seed: 1, splitSeed: 3, hashes: { experiment: '', cohort: '', split: '', slides: {} }, split: Object.fromEntries(Array.from({ length: slides }, (_, i) => [`s${i}`, i < 4 ? 'held-out' : 'train'])) });
  const made = (versions: readonly string[]) => {
    const whole = material([1, 2, 3].map((fold) => ({ fold, seed: 1, auroc: 0.8 })));
    return studyMethods({ ...whole, experiment: experimentSchema.parse({ name: 'x', cohort: { table: 'c.csv' }, split: { folds: 3, heldOut: 0.1, seed: 3 } }), done: whole.done.map((member, i) => ({ ...member, lineage: lineage(40, versions[i]) })), patientOf: (slide) => `p${Number(slide.slice(1)) >> 1}` });
  };

  it('say who was there, who was held out, and how it was split', () => {
    const text = made([]);
    expect(text).toContain('The cohort has 40 slides of 20 patients (classes: 0, 1); 4 slides of 2 patients were held out of all folds.');
    expect(text).toContain('3-fold cross-validation, split by patient, stratified by label (seed 3); 3 runs with seed 1.');
    expect(text).toContain('The round was selected by this rule: ');
    expect(text).toMatch(/Hardmine 0\.1\.0 on Node v20 \(linux-x64\), engine onnx 1 with 2 threads\.$/);
  });

  it('do not hide that runs were made by different versions', () => {
    expect(made(['0.1.0', '0.2.0', '0.1.0'])).toMatch(/Runs were made with different software: Hardmine 0\.1\.0 .* Hardmine 0\.2\.0/);
  });

  it('do not say that test was looked at once where it was scored each epoch', () => {
    const whole = material([1, 2, 3].map((fold) => ({ fold, seed: 1, auroc: 0.8 })));
    const text = markdown({ ...whole, done: whole.done.map((member) => ({ ...member, result: { ...member.result, oracle: true as const } })) });
    expect(text).toContain('Nothing was chosen by test; runs scored it after each epoch');
    expect(text).not.toContain('once');
  });
});

describe('the sum of a study of several classes', () => {
  const [sample] = goldenClasses as [ClassesGolden];
  const names = sample.each.map((_, k) => `class ${k}`);

  /** Two folds of two seeds: each seed is a model of the golden sample, its slides dealt to the folds in turn; all of them are held out too. */
  function classed(): StudyMaterial {
    const whole = material([1, 2].flatMap((fold) => [1, 2].map((seed) => ({ fold, seed, auroc: 0.6 + 0.1 * fold }))), 2);
    const predictions = (model: number, split: SlidePrediction['split']): SlidePrediction[] => sample.patients.map((_, i) => ({ slide: `s${i}`, split, label: 1, probability: Math.max(...sample.probabilities[model]![i]!), classes: [...sample.classes[i]!], probabilities: [...sample.probabilities[model]![i]!] }));
    return {
      ...whole,
      experiment: experimentSchema.parse({ name: 'x', cohort: { table: 'c.csv', classes: names, negative: false }, split: { folds: 2, heldOut: 0.2 }, seeds: [1, 2], evaluation: { bootstrap: 200 } }),
      done: whole.done.map((member) => ({ ...member, result: { ...member.result, validation: { ...member.result.validation, classes: names.map((name) => ({ name, slides: 9, auroc: estimate(0.9), averagePrecision: estimate(0.9) })) }, test: { ...member.result.test, classes: names.map((name, k) => ({ name, slides: 9, auroc: estimate(0.5 + 0.1 * (k + member.fold!)), averagePrecision: estimate(0.5) })) } }, predictions: { test: predictions(member.seed - 1, 'test').filter((_, i) => i % 2 === member.fold! - 1), heldOut: predictions(member.seed - 1, 'held-out') } })),
      patientOf: (slide) => `p${sample.patients[Number(slide.slice(1))]}`,
    };
  }

  it('pools the probabilities of each class, out of fold and of the held-out patients', () => {
    const summary = summariseStudy(classed());
    const patients = new Set(sample.patients).size;
    for (const pooled of [summary.outOfFold!, summary.heldOut!.ensemble]) {
      expect(pooled).toMatchObject({ slides: sample.patients.length, patients });
      expect(pooled.auroc.value).toBeCloseTo(sample.pooled.auroc, 12);
      expect([pooled.auroc.low! < pooled.auroc.value!, pooled.auroc.value! < pooled.auroc.high!]).toEqual([true, true]);
      expect(pooled.classes!.map(({ name, slides }) => [name, slides])).toEqual(names.map((name, k) => [name, sample.classes.filter((of) => of.includes(k)).length]));
      for (const { auroc } of pooled.classes!) expect(auroc.low!).toBeLessThan(auroc.high!);
    }
    expect(summary.outOfFold!.each.map(({ seed, auroc }) => [seed, auroc])).toEqual(sample.pooled.each.map((auroc, i) => [i + 1, expect.closeTo(auroc, 12) as number]));
    expect(summary.folds).toMatchObject({ method: 'corrected-t', units: ['fold 1', 'fold 2'] });
    expect(summary.folds!.metrics.auroc.mean).toBeCloseTo(0.75, 12);
    expect(summary.seeds!.method).toBe('t');
    expect(summary.folds!.classes!.map(({ name, auroc }) => [name, auroc.values])).toEqual(names.map((name, k) => [name, [1, 2].map((fold) => expect.closeTo(0.5 + 0.1 * (k + fold), 12) as number)]));
    expect(studySummarySchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
  });

  it('says of which kind its numbers are, and each class in a table', () => {
    for (const text of [markdown(classed()), html(classed())]) {
      expect(text).toContain('mean AUROC over classes');
      expect(text).toContain('interval by bootstrap over patients');
      expect(text).toContain('Each class against the rest, out of fold');
      expect(text).toContain('Each class against the rest, held-out patients');
    }
    expect(markdown(classed())).toMatch(/\| AUROC of "class 0" \| 0\.900 ± 0\.000 \| 0\.650 ± 0\.071 \| \(too few values for an interval, n = 2\) \| 0\.600 \| 0\.700 \|/);
    expect(markdown(material([1, 2, 3].map((fold) => ({ fold, seed: 1, auroc: 0.75 }))))).not.toMatch(/over classes|Each class/);
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareStudies } from '../../../../src/host/compare/studies.js';
import { compareInWords } from '../../../../src/host/compare/words.js';
import { renderStudies } from '../../../../src/host/compare/render-studies.js';
import { createStudy, openStudy } from '../../../../src/host/study/folder.js';
import { correctedTInterval } from '../../../../src/mil/statistics/index.js';
import { experimentSchema } from '../../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../../src/shared/files.js';
import type { SlidePrediction } from '../../../../src/shared/run/predictions.js';
import { readLineage, readResult } from '../../../../src/shared/run/read.js';
import { shapes } from '../../mil/statistics/shapes.js';
import { makeRun } from '../../report/fixtures.js';
import { temporaryFolder } from '../run/fixtures.js';
import { cpSync } from 'node:fs';

interface Form {
  readonly slidesOf?: (fold: number | null) => string[];
  readonly split?: { readonly folds: number; readonly repeats?: number };
  readonly seeds?: readonly number[];
  /** Slides each run is trained on. */
  readonly train?: number;
}

/** A study, of four folds where nothing else is said, whose first runs are done, with these test AUROCs. */
function study(name: string, aurocs: readonly number[], { slidesOf = (fold) => [`a${fold}`, `b${fold}`], split = { folds: 4 }, seeds = [], train = 40 }: Form = {}): string {
  const parent = temporaryFolder();
  const experiment = experimentSchema.parse({ name, cohort: { table: 'c.csv' }, split, seeds });
  const folder = createStudy(join(parent, 'c.mil.json'), experiment, undefined, new Date(2026, 10, 22));
  const made = makeRun(temporaryFolder(), [], { bank: false });
  openStudy(folder).members.slice(0, aurocs.length).forEach(({ run, fold }, i) => {
    const target = join(folder, run);
    cpSync(made, target, { recursive: true });
    const result = readResult(made)!;
    replaceJson(join(target, 'result.json'), { ...result, test: { ...result.test, auroc: { ...result.test.auroc, value: aurocs[i] } } });
    replaceJson(join(target, 'test-predictions.json'), slidesOf(fold).map((slide, k): SlidePrediction => ({ slide, patient: slide, split: 'test', label: k === 0 ? 0 : 1, probability: 0.5 })));
    replaceJson(join(target, 'lineage.json'), { ...readLineage(made)!, split: Object.fromEntries(Array.from({ length: train }, (_, slide) => [`s${slide}`, 'train'])) });
  });
  return folder;
}

describe('comparing studies', () => {
  it('pairs folds, with the interval corrected for overlapping training sets', () => {
    const { differences } = compareStudies([study('a', [0.9, 0.8, 0.85, 0.95]), study('b', [0.8, 0.75, 0.7, 0.85])], 'auroc');
    expect(differences).toHaveLength(1);
    const [{ over, values, interval, p }] = differences as [(typeof differences)[number]];
    expect(over).toBe('folds');
    expect(values.map((value) => Number(value.toFixed(6)))).toEqual([0.1, 0.05, 0.15, 0.1]);
    // Test slides are those of the result, 20, on 40 trained on.
    expect(interval).toEqual(correctedTInterval(values, 20 / 40, 0.95));
    // All four differences have one sign: twice (1/2)^4.
    expect(p).toBeCloseTo(0.125, 12);
  });

  it.each(shapes.studies)('has the numbers of an independent count: $repeats repeats of $folds folds, seeds $seeds', ({ repeats, folds, seeds, train, aurocs, differences: wanted }) => {
    const split = folds > 1 ? { folds, repeats } : { folds: 0 };
    const { differences } = compareStudies(aurocs.map((of, i) => study(`s${i}`, of.flat(), { split, seeds, train })), 'auroc');
    expect(differences.map(({ over, values, interval: { mean, sd, low, high }, test, p, holm }) => ({ over, values, mean, sd, low, high, test, p, holm }))).toEqual(
      wanted.map(({ over, test, values, ...numbers }) => ({ over, test, values: values.map((value) => expect.closeTo(value, 10) as number), ...Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, expect.closeTo(value, 10)])) })),
    );
  });

  it('does not take repeats for so many trials', () => {
    const [a, b] = [Array.from({ length: 20 }, (_, i) => 0.9 + 0.002 * (i % 3)), Array.from({ length: 20 }, () => 0.89)];
    const text = renderStudies(compareStudies([a, b].map((aurocs, i) => study(`s${i}`, aurocs, { split: { folds: 4, repeats: 5 } })), 'auroc'));
    expect(text).toContain('repeats split the same patients anew');
    expect(text).not.toContain('Wilcoxon');
  });

  it('says what is paired, and that so few pairs cannot be significant', () => {
    const text = renderStudies(compareStudies([study('a', [0.9, 0.8]), study('b', [0.8, 0.75])], 'auroc'));
    expect(text).toMatch(/A − B +2 folds +\+0\.075 /);
    expect(text).toContain('Too few pairs for an interval: 3 are needed.');
    expect(text).toContain('fewer than six pairs');
  });

  it('refuses studies without a common run, other test slides, and runs beside studies', async () => {
    const whole = study('a', [0.9, 0.8]);
    expect(() => compareStudies([whole, study('b', [])], 'auroc')).toThrow(/no run in common/);
    expect(() => compareStudies([whole, study('b', [0.9, 0.8], { slidesOf: (fold) => [`x${fold}`] })], 'auroc')).toThrow(/not tested on the same slides/);
    await expect(compareInWords([whole, makeRun(temporaryFolder(), [], { bank: false })], 'auroc')).rejects.toThrow(/only be compared with studies/);
    await expect(compareInWords([whole, whole], 'auroc')).rejects.toThrow(/nothing to compare/);
  });

  it('is told as Markdown', async () => {
    const text = await compareInWords([study('a', [0.9, 0.8]), study('b', [0.8, 0.75])], 'auroc');
    expect(text).toMatch(/^# 2 studies compared by AUROC\n\n\| +\| study \|\n\| --- \| --- \|\n/);
  });
});

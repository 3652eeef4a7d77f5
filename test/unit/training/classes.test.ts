import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFeatureWriter } from '../../../src/cohort/features/index.js';
import type { Experiment } from '../../../src/shared/experiment/index.js';
import { Random } from '../../../src/shared/random.js';
import { runFiles } from '../../../src/shared/run/layout.js';
import { readPredictions } from '../../../src/shared/run/predictions.js';
import { trainRun } from '../../../src/training/index.js';
import { featureExperiment, featureSize, makeFeatureCohort } from '../../fixtures/feature-cohort.js';
import { makeContext } from '../../fixtures/run-context.js';

const shifted = 5;

/** Slides whose label cells are given in turn; a slide of class `abc`[k] has three instances shifted along axis k. */
async function makeClassCohort(cells: readonly string[], slides: number): Promise<string> {
  const { folder } = await makeFeatureCohort({ slides });
  const random = new Random(7);
  const rows = ['slide_id,patient_id,label'];
  for (let i = 0; i < slides; i++) {
    const cell = cells[i % cells.length]!;
    const count = 10 + (i % 4);
    const features = Float32Array.from({ length: count * featureSize }, () => random.normal());
    for (const [k, name] of ['a', 'b', 'c'].entries()) {
      if (cell.split(';').includes(name)) for (let n = 0; n < 3; n++) features[(3 * k + n) * featureSize + k]! += shifted;
    }
    const writer = await createFeatureWriter(path.join(folder, 'features', `s${i}.h5`), featureSize);
    writer.append(features, { x: Float64Array.from({ length: count }, (_, n) => n * 256), y: new Float64Array(count), size0: 256 });
    writer.close();
    rows.push(`s${i},p${i},${cell}`);
  }
  writeFileSync(path.join(folder, 'cohort.csv'), `${rows.join('\n')}\n`);
  return folder;
}

const run = (folder: string, cohort: Partial<Experiment['cohort']>) =>
  trainRun(makeContext(folder, featureExperiment({ cohort: { table: 'cohort.csv', ...cohort }, mining: { rounds: 1 }, optimizer: { epochs: 30, lr: 1e-2 } }), { run: 'classes' }));

describe('a run with several classes', () => {
  it('tells slides without anything from those of each class', async () => {
    const folder = await makeClassCohort(['none', 'a', 'b'], 45);
    const { test, selectionRule, thresholdRule } = await run(folder, { classes: ['none', 'a', 'b'] });
    expect(selectionRule).toContain('AUROC, as a mean over classes,');
    expect(thresholdRule).toBe('youden');
    expect(test.classes!.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(test.auroc.value).toBeGreaterThan(0.9);
    expect(test.accuracy.value).toBeGreaterThan(0.7);
    const predictions = readPredictions(path.join(folder, '.mil/runs/classes', runFiles.testPredictions))!;
    expect(predictions.every(({ label, classes, probabilities, probability }) => probabilities!.length === 2 && label === Math.min(1, classes!.length) && probability === Math.max(...probabilities!))).toBe(true);
  });

  it('tells subtypes of which none is negative, and mines nothing', async () => {
    const folder = await makeClassCohort(['a', 'b', 'c'], 45);
    const { test, thresholdRule } = await run(folder, { classes: ['a', 'b', 'c'], negative: false });
    // The likeliest class is called: no threshold was chosen, and none is claimed to be.
    expect(thresholdRule).toBe('half');
    expect(test.classes).toHaveLength(3);
    expect(test.accuracy.value).toBeGreaterThan(0.8);
    expect(JSON.parse(readFileSync(path.join(folder, '.mil/runs/classes/rounds/01/metrics.json'), 'utf8')).mining).toMatchObject({ hardNegatives: 0 });
  });

  it('finds each of several classes in one slide', async () => {
    const folder = await makeClassCohort(['none', 'a', 'a;b', 'b'], 48);
    const { test, validation, statistics, classStatistics } = await run(folder, { classes: ['none', 'a', 'b'], separator: ';' });
    expect(statistics).toBeUndefined();
    for (const [told, metrics] of [[classStatistics!.validation, validation], [classStatistics!.test, test]] as const) {
      expect(told.classes.map(({ name, delong, positives }) => [name, delong.value, positives.slides])).toEqual(metrics.classes!.map(({ name, auroc, slides }) => [name, expect.closeTo(auroc.value!, 12) as number, slides]));
    }
    expect(test.auroc.value).toBeGreaterThan(0.9);
    expect(test.classes!.reduce((sum, { slides }) => sum + slides, 0)).toBeGreaterThan(test.slides / 2);
  });
});

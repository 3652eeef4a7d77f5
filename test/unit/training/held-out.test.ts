import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { slideValues } from '../../../src/mil/metrics/index.js';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';
import { roundFiles, roundFolder, runFiles } from '../../../src/shared/run/layout.js';
import type { RunResult } from '../../../src/shared/run/metrics.js';
import { readLineage } from '../../../src/shared/run/read.js';
import { readPredictions } from '../../../src/shared/run/predictions.js';
import { trainRun } from '../../../src/training/index.js';
import { featureExperiment, makeFeatureCohort } from '../../fixtures/feature-cohort.js';
import { makeContext } from '../../fixtures/run-context.js';

describe('patients held out of a cross-validation', () => {
  let folder: string;
  beforeAll(async () => {
    ({ folder } = await makeFeatureCohort({ slides: 40 }));
  });

  async function run(name: string, split: ExperimentInput['split']): Promise<{ result: RunResult; file: (name: string) => string }> {
    const context = makeContext(folder, featureExperiment({ split, mining: { rounds: 1 }, optimizer: { epochs: 5, lr: 1e-2 } }), { run: name });
    return { result: await trainRun(context), file: (of) => path.join(context.runFolder, of) };
  }

  it('are looked at once, with the model and the threshold that validation chose', async () => {
    const { result, file } = await run('fold', { folds: 2, fold: 1, heldOut: 0.25 });
    const heldOut = readPredictions(file(runFiles.heldOutPredictions))!;
    expect(heldOut.length).toBeGreaterThan(5);
    expect(new Set(heldOut.map(({ split }) => split))).toEqual(new Set(['held-out']));
    const seen = [...readPredictions(file(path.join(roundFolder(1), roundFiles.predictions)))!, ...readPredictions(file(runFiles.testPredictions))!].map(({ slide }) => slide);
    expect(heldOut.filter(({ slide }) => seen.includes(slide))).toEqual([]);

    expect(result.heldOut!.slides).toBe(heldOut.length);
    expect(result.heldOut!.patients).toBe(new Set(heldOut.map(({ patient }) => patient)).size);
    expect(result.heldOut!.threshold).toBe(result.validation.threshold);
    const values = slideValues(heldOut.map(({ label }) => label), heldOut.map(({ probability }) => probability), result.validation.threshold);
    for (const metric of ['auroc', 'accuracy', 'f1', 'brier'] as const) expect(result.heldOut![metric].value).toBe(values[metric]);
    const { heldOut: told, validation } = result.statistics!;
    expect(told!.delong.value).toBeCloseTo(values.auroc!, 12);
    expect(told!.positives.slides + told!.negatives.slides).toBe(heldOut.length);
    // Thresholds come from validation, not from those held out.
    expect(told!.operatingPoints.map(({ threshold }) => threshold)).toEqual(validation.operatingPoints.map(({ threshold }) => threshold));
    const { parts } = readLineage(file(''))!;
    expect(parts!['held-out']).toMatchObject({ slides: heldOut.length, patients: result.heldOut!.patients });
    expect(Object.values(parts!).reduce((sum, { slides }) => sum + slides, 0)).toBe(40);
  });

  it('leave no trace where there are none', async () => {
    const { result, file } = await run('none', { folds: 2, fold: 1 });
    expect(result.heldOut).toBeUndefined();
    expect(existsSync(file(runFiles.heldOutPredictions))).toBe(false);
  });
});

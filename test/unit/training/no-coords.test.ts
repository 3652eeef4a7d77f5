import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFeatureWriter, openFeatures, storeFile } from '../../../src/cohort/features/index.js';
import { slideScores } from '../../../src/host/export/slide-scores.js';
import { slideAnswers } from '../../../src/host/serve/slides.js';
import { SlidePool } from '../../../src/host/serve/slide-pool.js';
import { rankingAnswers } from '../../../src/host/serve/rankings/index.js';
import { writeReport } from '../../../src/report/index.js';
import { replaceJson } from '../../../src/shared/files.js';
import { trainRun } from '../../../src/training/index.js';
import { featureExperiment, makeFeatureCohort } from '../../fixtures/feature-cohort.js';
import { makeContext } from '../../fixtures/run-context.js';

/** The stores of a cohort, once more without their coordinates. */
async function withoutCoords(folder: string): Promise<void> {
  mkdirSync(path.join(folder, 'bare'));
  for (let i = 0; i < 18; i++) {
    const reader = await openFeatures(path.join(folder, 'features', `s${i}.h5`));
    const rows = new Float32Array(reader.count * reader.featureSize);
    reader.readInto(rows, 0, reader.count);
    reader.close();
    const writer = await createFeatureWriter(path.join(folder, 'bare', `s${i}.h5`), reader.featureSize);
    writer.append(rows);
    writer.close();
  }
}

describe('a run on stores without coordinates', () => {
  it('scores as with them, says so once, and draws nothing', async () => {
    const { folder, experiment } = await makeFeatureCohort();
    await withoutCoords(folder);
    const full = await trainRun(makeContext(folder, experiment, { run: 'full' }));
    const context = makeContext(folder, featureExperiment({ encoder: { kind: 'features', folder: 'bare' } }), { run: 'bare' });
    expect(await trainRun(context)).toMatchObject({ test: full.test, validation: full.validation });
    const told = context.events.filter((event) => event.type === 'warning' && event.code === 'store-coords');
    expect(told).toMatchObject([{ slide: 's0', message: expect.stringContaining('nothing can be drawn') as string }]);

    replaceJson(path.join(context.runFolder, 'experiment.json'), context.experiment);
    replaceJson(path.join(context.runFolder, 'status.json'), { state: 'done', name: 'bare', experimentFile: path.join(folder, 'bare.mil.json'), round: 1, rounds: 1, progress: 1, pid: 1, host: 'here', started: 1, heartbeat: 1 });
    const subject = { run: context.runFolder, split: 'train' as const };
    const { slides } = await rankingAnswers().rankingOverview(subject);
    const positive = slides.ids[slides.labels.indexOf(1)]!;
    const pair = await rankingAnswers().rankingPair(subject, positive, slides.ids[slides.labels.indexOf(0)]!);
    expect([...pair.positive.x]).toEqual([NaN, NaN, NaN]);
    expect(pair.positive.logit[0]).toBeGreaterThan(pair.positive.logit[2]!);
    const drawing = { code: 'features-invalid', what: expect.stringContaining('no coordinates') as string };
    await expect(slideAnswers(new SlidePool()).patchesOf(context.runFolder, 1, positive)).rejects.toMatchObject(drawing);
    await expect(slideScores(context.runFolder, positive, undefined)).rejects.toMatchObject(drawing);
    await writeReport(context.runFolder);
    for (const report of ['report.md', 'report.html']) expect(readFileSync(path.join(context.runFolder, report), 'utf8')).not.toContain('NaN');
    expect(readFileSync(path.join(context.runFolder, 'report.html'), 'utf8')).toContain('place not known');
  });
});

describe('stores of a cohort', () => {
  it('are h5 before pt, and what their content says', async () => {
    const { folder } = await makeFeatureCohort({ slides: 2 });
    const stores = path.join(folder, 'features');
    expect(storeFile(stores, 's0')).toBe(path.join(stores, 's0.h5'));
    expect(storeFile(stores, 's9')).toBe(path.join(stores, 's9.h5'));
    copyFileSync(path.resolve(import.meta.dirname, '../../fixtures/torch/float32.pt'), path.join(stores, 's9.pt'));
    copyFileSync(path.resolve(import.meta.dirname, '../../fixtures/torch/float32.pt'), path.join(stores, 's0.pt'));
    expect(storeFile(stores, 's9')).toBe(path.join(stores, 's9.pt'));
    expect(storeFile(stores, 's0')).toBe(path.join(stores, 's0.h5'));
  });
});

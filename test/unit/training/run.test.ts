import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Judgement } from '../../../src/shared/judgements/format.js';
import { judgementLine } from '../../../src/shared/judgements/line.js';
import type { Verdict } from '../../../src/shared/judgements/verdicts.js';
import { roundFiles, roundFolder, runFiles } from '../../../src/shared/run/layout.js';
import { lineageSchema } from '../../../src/shared/run/state.js';
import { Interrupted, trainRun } from '../../../src/training/index.js';
import { readBank, readScores } from '../../../src/training/tables.js';
import { createFeatureWriter } from '../../../src/cohort/features/index.js';
import { featureExperiment, featureSize, makeFeatureCohort, splitInto } from '../../fixtures/feature-cohort.js';
import { makePatchCohort, patchExperiment } from '../../fixtures/patch-cohort.js';
import { makeContext } from '../../fixtures/run-context.js';

/** The files of a round that must be the same whenever and however often it is run. */
const repeatable = [roundFiles.scores, roundFiles.bank, roundFiles.aggregator];

function bytes(run: string, round: number): Buffer[] {
  return repeatable.map((file) => readFileSync(path.join(run, roundFolder(round), file)));
}

describe('a run on slides', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makePatchCohort();
  });

  it('leaves everything the run folder promises', async () => {
    const context = makeContext(folder, patchExperiment({}), { run: 'whole' });
    const result = await trainRun(context);
    for (const round of [1, 2]) {
      for (const file of [...repeatable, roundFiles.metrics]) expect(existsSync(path.join(context.runFolder, roundFolder(round), file)), file).toBe(true);
    }
    const scores = await readScores(path.join(context.runFolder, roundFolder(1), roundFiles.scores));
    expect(new Set(scores.split)).toEqual(new Set(['train', 'validation']));
    const test = await readScores(path.join(context.runFolder, runFiles.testScores));
    expect(new Set(test.split)).toEqual(new Set(['test']));
    expect(result.test.slides).toBe(new Set(test.slide).size);
    expect(result.test.threshold).toBe(result.validation.threshold);
    expect(result.instance?.test.positives).toBe(4 * test.label.reduce((sum, label) => sum + label, 0) / 16);
    expect(existsSync(path.join(context.runFolder, runFiles.lineage))).toBe(true);
    expect(context.events.filter(({ type }) => type === 'slide-opened')[0]).toMatchObject({ slide: expect.any(String), format: 'png' });
    expect(context.events.at(-1)).toMatchObject({ type: 'run-finished' });
  });

  it('fine-tunes the encoder between rounds', () => {
    const weights = [1, 2].map((round) => readFileSync(path.join(folder, '.mil/runs/whole', roundFolder(round), roundFiles.encoder)));
    expect(weights[0]!.equals(weights[1]!)).toBe(false);
  });

  it('mines only on training slides', async () => {
    const run = path.join(folder, '.mil/runs/whole', roundFolder(1));
    const scores = await readScores(path.join(run, roundFiles.scores));
    const mined = scores.role.map((role, row) => ({ role, split: scores.split[row], label: scores.label[row] })).filter(({ role }) => role !== 'none');
    expect(mined.length).toBeGreaterThan(0);
    expect(mined.every(({ split }) => split === 'train')).toBe(true);
    expect(mined.every(({ role, label }) => (role === 'hard-negative' ? label === 0 : label === 1))).toBe(true);
    const bank = await readBank(path.join(run, roundFiles.bank));
    expect(bank.slide.length).toBe(mined.length);
  });

  it('gives the same bits twice, with and without the cache', async () => {
    const again = makeContext(folder, patchExperiment({}), { run: 'again' });
    await trainRun(again);
    rmSync(again.cacheFolder, { recursive: true });
    const afresh = makeContext(folder, patchExperiment({}), { run: 'afresh' });
    await trainRun(afresh);
    for (const round of [1, 2]) {
      expect(bytes(again.runFolder, round)).toEqual(bytes(path.join(folder, '.mil/runs/whole'), round));
      expect(bytes(afresh.runFolder, round)).toEqual(bytes(path.join(folder, '.mil/runs/whole'), round));
    }
  });

  it.each([0.1, 0.3, 0.5, 0.7, 0.9, 0.99])('stopped at %d of its checkpoints and resumed, gives the same bits', async (share) => {
    const experiment = patchExperiment({});
    let total = 0;
    await trainRun(makeContext(folder, experiment, { run: `counting-${share}`, checkpoint: async () => void total++ }));
    let left = Math.floor(share * total);
    const stopping = makeContext(folder, experiment, {
      run: `stopped-${share}`,
      checkpoint: async () => {
        if (left-- === 0) throw new Interrupted('stop-requested');
      },
    });
    await expect(trainRun(stopping)).rejects.toThrow(Interrupted);
    const resumed = makeContext(folder, experiment, { run: `stopped-${share}`, resume: true });
    await trainRun(resumed);
    for (const round of [1, 2]) expect(bytes(resumed.runFolder, round)).toEqual(bytes(path.join(folder, '.mil/runs/whole'), round));
  });

  describe('with judgements', () => {
    /** Judges the hardest negative of round 1 in another cohort of the same slides, some lines of it. */
    async function judgedCohort(...lines: string[]): Promise<string> {
      const judged = await makePatchCohort();
      writeFileSync(path.join(judged, 'judgements.jsonl'), lines.map((line) => `${line}\n`).join(''));
      return judged;
    }
    const hardest = async () => {
      const bank = await readBank(path.join(folder, '.mil/runs/whole', roundFolder(1), roundFiles.bank));
      const row = bank.role.indexOf('hard-negative');
      return { slide: bank.slide[row]!, x: bank.x[row]!, y: bank.y[row]!, size: bank.size[row]! };
    };
    const line = (patch: object, verdict: string, time = '2026-11-22T10:00:00Z') => judgementLine({ ...(patch as Judgement), verdict: verdict as Verdict, time });
    const inBank = async (run: string, { slide, x, y }: { slide: string; x: number; y: number }) => {
      const bank = await readBank(path.join(run, roundFolder(1), roundFiles.bank));
      return bank.slide.some((id, row) => id === slide && bank.x[row] === x && bank.y[row] === y);
    };

    it('mines without what is judged an artefact, says so, and keeps what it heeded', async () => {
      const patch = await hardest();
      const judged = await judgedCohort(line(patch, 'artefact'), line({ ...patch, slide: 'another cohort' }, 'artefact'));
      const context = makeContext(judged, patchExperiment({}), { run: 'judged' });
      await trainRun(context);
      expect(await inBank(path.join(folder, '.mil/runs/whole'), patch)).toBe(true);
      expect(await inBank(context.runFolder, patch)).toBe(false);
      expect(context.events).toContainEqual(expect.objectContaining({ type: 'mined', round: 1, summary: expect.objectContaining({ judgements: { patches: 1, artefacts: 1, mislabelled: 0, confirmed: 0, positivesLeft: 0 } }) }));
      const kept = readFileSync(path.join(context.runFolder, roundFolder(1), roundFiles.judgements), 'utf8');
      expect(kept).toBe(`${line(patch, 'artefact')}\n`);
      const { hashes, quality } = lineageSchema.parse(JSON.parse(readFileSync(path.join(context.runFolder, runFiles.lineage), 'utf8')));
      const hash = createHash('sha256').update(kept).digest('hex');
      expect(hashes.judgements).toEqual({ 1: hash, 2: hash });
      // Every slide of the run, measured when its patches were cut.
      expect(Object.keys(quality ?? {})).toEqual(Object.keys(hashes.slides));
      expect(Object.values(quality ?? {}).every(({ tissue }) => tissue.share > 0)).toBe(true);

      // The same judgements in another order, and taken back and said again, give the same bits, stopped or not.
      const again = await judgedCohort(line(patch, 'artefact'), line(patch, 'none', '2026-11-22T09:00:00Z'), line(patch, 'mislabelled', '2026-11-22T08:00:00Z'));
      let left = 60;
      const stopping = makeContext(again, patchExperiment({}), { run: 'stopped', checkpoint: async () => { if (left-- === 0) throw new Interrupted('stop-requested'); } });
      await expect(trainRun(stopping)).rejects.toThrow(Interrupted);
      const resumed = makeContext(again, patchExperiment({}), { run: 'stopped', resume: true });
      await trainRun(resumed);
      for (const round of [1, 2]) expect(bytes(resumed.runFolder, round)).toEqual(bytes(context.runFolder, round));
    });

    it('changes no bit where they were taken back, or speak of other slides', async () => {
      const patch = await hardest();
      const judged = await judgedCohort(line(patch, 'artefact'), line(patch, 'none', '2026-11-22T11:00:00Z'), line({ ...patch, slide: 'elsewhere' }, 'artefact'));
      const context = makeContext(judged, patchExperiment({}), { run: 'taken-back' });
      await trainRun(context);
      for (const round of [1, 2]) expect(bytes(context.runFolder, round)).toEqual(bytes(path.join(folder, '.mil/runs/whole'), round));
      expect(existsSync(path.join(context.runFolder, roundFolder(1), roundFiles.judgements))).toBe(false);
    });

    it('refuses to begin with a line it cannot read, and goes on without one that came meanwhile', async () => {
      const judged = await judgedCohort('<<<<<<< HEAD');
      await expect(trainRun(makeContext(judged, patchExperiment({})))).rejects.toMatchObject({ code: 'judgements-invalid', place: { line: 1 } });
      writeFileSync(path.join(judged, 'judgements.jsonl'), '');
      let steps = 0;
      const context = makeContext(judged, patchExperiment({ mining: { rounds: 1 } }), { checkpoint: async () => void (steps++ === 20 && writeFileSync(path.join(judged, 'judgements.jsonl'), 'nonsense\n')) });
      await trainRun(context);
      expect(context.events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'judgements-invalid', message: expect.stringContaining('judgements.jsonl:1: This line is not JSON.') }));
    });
  });

  it('leaves out a slide without tissue and says so', async () => {
    const blank = await makePatchCohort();
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#f4f4f4' } }).png().toFile(path.join(blank, 'slides/blank.png'));
    const table = path.join(blank, 'cohort.csv');
    writeFileSync(table, `${readFileSync(table, 'utf8')}blank,slides/blank.png,p99,0,0.5\n`);
    const context = makeContext(blank, patchExperiment({ tiling: { size: 16 }, mining: { rounds: 1 } }));
    await trainRun(context);
    expect(context.events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'slide-no-tissue', slide: 'blank', message: expect.stringContaining('left out') }));
  });

  it('names every slide that cannot be read, and where', async () => {
    const broken = await makePatchCohort();
    for (const name of ['s1', 's2']) writeFileSync(path.join(broken, `slides/${name}.png`), 'not an image');
    await expect(trainRun(makeContext(broken, patchExperiment({})))).rejects.toThrow(/2 slides cannot be used[^]*s1\.png[^]*s2\.png/);
  });
});

describe('a run on stored features', () => {
  let folder: string;
  beforeAll(async () => {
    ({ folder } = await makeFeatureCohort());
  });

  it('finds the slides with the shifted instances, in one round since nothing can be fine-tuned', async () => {
    const context = makeContext(folder, featureExperiment({}), { run: 'whole' });
    const result = await trainRun(context);
    expect(result.test.auroc.value).toBeGreaterThan(0.7);
    expect(result.selectedRound).toBe(1);
    expect(context.events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'rounds-repeat' }));
    expect(existsSync(path.join(context.runFolder, roundFolder(2)))).toBe(false);
  });

  it('refuses to resume on other data', async () => {
    const context = makeContext(folder, featureExperiment({ split: { seed: 9 } }), { run: 'whole', resume: true });
    await expect(trainRun(context)).rejects.toMatchObject({ code: 'run-not-resumable' });
  });

  it('says which slides have fewer patches than K, and trains', async () => {
    const context = makeContext(folder, featureExperiment({ loss: { topK: 13 }, mining: { rounds: 1 } }), { run: 'small-bags' });
    const result = await trainRun(context);
    expect(result.test.auroc.value).not.toBeNull();
    expect(context.events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'bag-smaller-than-k' }));
  });

  it('stops with a clear error when the loss is not finite', async () => {
    const { folder: poisoned } = await makeFeatureCohort({ slides: 12 });
    const context = makeContext(poisoned, featureExperiment({ optimizer: { kind: 'sgd', lr: 1e30 } }));
    await expect(trainRun(context)).rejects.toMatchObject({ code: 'loss-not-finite', remedy: expect.stringContaining('optimizer.lr') });
  });

  it('names slide and patch of a feature that is no number', async () => {
    const { folder: poisoned } = await makeFeatureCohort({ slides: 12 });
    const writer = await createFeatureWriter(path.join(poisoned, 'features/s3.h5'), featureSize);
    writer.append(Float32Array.from({ length: 4 * featureSize }, (_, i) => (i === 2 * featureSize + 1 ? NaN : 0)));
    writer.close();
    await expect(trainRun(makeContext(poisoned, featureExperiment({ split: { file: splitInto(poisoned, ['s3']) } })))).rejects.toMatchObject({ code: 'features-invalid', what: expect.stringContaining('patch 2'), place: { slide: 's3' } });
  });

  it('names the slide whose store is missing', async () => {
    const { folder: lacking } = await makeFeatureCohort({ slides: 12 });
    const table = path.join(lacking, 'cohort.csv');
    writeFileSync(table, `${readFileSync(table, 'utf8')}gone,p99,1\n`);
    await expect(trainRun(makeContext(lacking, featureExperiment({})))).rejects.toThrow(/gone/);
  });
});

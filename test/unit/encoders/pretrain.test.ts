import { beforeAll, describe, expect, it } from 'vitest';
import { tmpdir } from 'node:os';
import type { Engine } from '../../../src/engine/contract.js';
import type { EncoderState, EpochReport } from '../../../src/encoders/contract.js';
import { drawIndices } from '../../../src/encoders/contrastive/batch.js';
import { createEncoder } from '../../../src/encoders/index.js';
import { HardmineError } from '../../../src/shared/errors.js';
import type { ResnetOptions } from '../../../src/shared/experiment/index.js';
import { Random } from '../../../src/shared/random.js';
import { fastEngine, experiment, stripes, tinyResnet } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await fastEngine();
});

const patches = stripes(12, 16);
const scratch = tmpdir();
const create = async (pretrain: Partial<ResnetOptions['pretrain']>) =>
  (await createEncoder(tinyResnet(pretrain), { engine, baseFolder: '.', patchSize: 16, augmentations: { ...experiment().augmentations, rotate: false }, finetune: experiment().finetune, random: new Random(1), warn: () => undefined })).learner!;
const copy = ({ weights, optimizer }: EncoderState): EncoderState => structuredClone({ weights, optimizer });

describe('SimCLR', () => {
  it('learns: the loss falls', async () => {
    const learner = await create({ epochs: 8, batch: 6, patchesPerEpoch: 12, lr: 3e-3 });
    const reports: EpochReport[] = [];
    await learner.prepare(patches, { random: new Random(2), scratch, hooks: { onEpoch: (report) => void reports.push(report) } });
    expect(reports.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(reports.at(-1)!.loss).toBeLessThan(reports[0].loss - 0.1);
    expect(reports.at(-1)!.lr).toBeLessThan(reports[0].lr);
  });

  it('gives the same bits twice, and the same when resumed at an epoch', async () => {
    const options = { epochs: 3, batch: 4, patchesPerEpoch: 8 };
    const [first, second, resumed] = await Promise.all([create(options), create(options), create(options)]);
    let afterOne: EncoderState | undefined;
    await first.prepare(patches, { random: new Random(2), scratch, hooks: { onEpoch: () => void (afterOne ??= copy(first.state())) } });
    await second.prepare(patches, { random: new Random(2), scratch });
    expect(second.state().weights).toEqual(first.state().weights);
    resumed.restore(afterOne!);
    await resumed.prepare(patches, { random: new Random(2), scratch, epochsDone: 1 });
    expect(resumed.state().weights).toEqual(first.state().weights);
    expect(first.state().optimizer).toEqual({});
  });

  it('does nothing when all epochs are done, or with one patch', async () => {
    const learner = await create({ epochs: 2 });
    const before = learner.state();
    await learner.prepare(patches, { random: new Random(2), scratch, epochsDone: 2 });
    await learner.prepare(stripes(1, 16), { random: new Random(2), scratch });
    expect(learner.state()).toBe(before);
  });

  it('makes a smaller batch of fewer patches than a batch', async () => {
    const learner = await create({ epochs: 1, batch: 64 });
    const steps: number[] = [];
    await learner.prepare(stripes(3, 16), { random: new Random(2), scratch, hooks: { onStep: (done, total) => steps.push(done, total) } });
    expect(steps).toEqual([1, 1]);
  });

  it('stops between steps and keeps the last whole epoch', async () => {
    const learner = await create({ epochs: 3, batch: 4, patchesPerEpoch: 8 });
    let steps = 0;
    let whole: EncoderState | undefined;
    const checkpoint = async () => {
      if (++steps > 3) throw new HardmineError('interrupted', 'stopped');
    };
    await expect(learner.prepare(patches, { random: new Random(2), scratch, hooks: { checkpoint, onEpoch: () => void (whole = learner.state()) } })).rejects.toMatchObject({ code: 'interrupted' });
    expect(learner.state()).toBe(whole);
  });

  it('says when the loss is not finite, and keeps good weights', async () => {
    const learner = await create({ epochs: 3, batch: 4, patchesPerEpoch: 8, lr: 1e30 });
    await expect(learner.prepare(patches, { random: new Random(2), scratch })).rejects.toMatchObject({ code: 'loss-not-finite', message: expect.stringContaining('ResNet-10'), remedy: expect.stringContaining('learning rate') });
    expect(Object.values(learner.state().weights).every(({ data }) => data.every(Number.isFinite))).toBe(true);
  });
});

describe('drawing patches', () => {
  it('draws each at most once, and another order from another seed', () => {
    const drawn = drawIndices(1_000_000, 500, new Random(1));
    expect(new Set(drawn).size).toBe(500);
    expect(Math.max(...drawn)).toBeGreaterThan(900_000);
    expect([...drawIndices(5, 9, new Random(1))].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(drawIndices(1000, 500, new Random(1))).not.toEqual(drawIndices(1000, 500, new Random(2)));
  });
});

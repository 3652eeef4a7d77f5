import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import type { EpochReport, MinedPatches } from '../../../src/encoders/contract.js';
import { Mixture } from '../../../src/encoders/contrastive/mixture.js';
import { createEncoder } from '../../../src/encoders/index.js';
import type { FinetuneOptions } from '../../../src/shared/experiment/index.js';
import { Random } from '../../../src/shared/random.js';
import { fastEngine, experiment, stripes, tinyResnet } from './support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await fastEngine();
});

const patches = stripes(12, 16);
const create = (finetune: Partial<FinetuneOptions> = {}) =>
  createEncoder(tinyResnet(), {
    engine,
    baseFolder: '.',
    patchSize: 16,
    augmentations: { ...experiment().augmentations, rotate: false },
    finetune: { ...experiment().finetune, batch: 8, lr: 3e-3, ...finetune },
    random: new Random(1),
    warn: () => undefined,
  });
const mined = (some: Partial<Record<'positives' | 'hardNegatives' | 'uncertain', number[]>>, anchorPositives = true): MinedPatches => ({
  positives: Int32Array.from(some.positives ?? []),
  hardNegatives: Int32Array.from(some.hardNegatives ?? []),
  uncertain: Int32Array.from(some.uncertain ?? []),
  anchorPositives,
});

describe('a mixture', () => {
  const count = (batch: Int32Array, from: Int32Array) => batch.filter((patch) => from.includes(patch)).length;

  it('keeps its layout: half hard negatives, then uncertain, then positives', () => {
    const given = mined({ positives: [0, 1, 2, 3, 4, 5, 6, 7], hardNegatives: [10, 11, 12, 13, 14, 15, 16, 17], uncertain: [20, 21, 22] });
    const mixture = new Mixture(given, 16, new Random(1));
    const batch = mixture.next();
    expect(count(batch.subarray(0, 8), given.hardNegatives)).toBe(8);
    expect(count(batch.subarray(8, 10), given.uncertain)).toBe(2);
    expect(count(batch.subarray(10), given.positives)).toBe(6);
    expect(Array.from(mixture.instanceLabels)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    expect(Array.from(mixture.bagLabels)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(new Set(batch.slice(0, 8)).size).toBe(8);
  });

  it('shows every patch before any a second time, across batches', () => {
    const given = mined({ positives: [0, 1, 2, 3, 4, 5], hardNegatives: [10, 11, 12, 13, 14, 15] });
    const mixture = new Mixture(given, 4, new Random(1));
    const seen = [mixture.next().slice(), mixture.next().slice(), mixture.next().slice()].flatMap((batch) => Array.from(batch));
    expect(seen.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]);
  });

  it('repeats a bank smaller than its share', () => {
    const given = mined({ positives: [1], hardNegatives: [10, 11] });
    expect(Array.from(new Mixture(given, 8, new Random(1)).next()).sort((a, b) => a - b)).toEqual([1, 1, 1, 1, 10, 10, 11, 11]);
  });

  it('leaves the banks as they are', () => {
    const given = mined({ positives: [1, 2, 3], hardNegatives: [10, 11, 12] });
    new Mixture(given, 4, new Random(1)).next();
    expect(Array.from(given.positives)).toEqual([1, 2, 3]);
  });
});

describe('supervised contrastive fine-tuning', () => {
  it('learns: the loss falls', async () => {
    const { learner } = await create({ epochs: 8 });
    const reports: EpochReport[] = [];
    await learner!.finetune(patches, mined({ positives: [0, 2, 4, 6], hardNegatives: [1, 3, 5, 7], uncertain: [9] }), { random: new Random(2), hooks: { onEpoch: (report) => void reports.push(report) } });
    expect(reports).toHaveLength(8);
    expect(reports.at(-1)!.loss).toBeLessThan(reports[0].loss - 0.2);
  });

  /** The second goes on from a checkpoint of the first, which goes on by itself. */
  async function goesOnAlike(one: Awaited<ReturnType<typeof create>>, two: Awaited<ReturnType<typeof create>>, bank: MinedPatches): Promise<void> {
    await one.learner!.finetune(patches, bank, { random: new Random(2) });
    const between = structuredClone(one.learner!.state());
    await one.learner!.finetune(patches, bank, { random: new Random(3) });
    two.learner!.restore(between);
    await two.learner!.finetune(patches, bank, { random: new Random(3) });
    expect(two.learner!.state()).toEqual(one.learner!.state());
    expect(two.fingerprint()).toBe(one.fingerprint());
  }

  it('gives the same bits twice, and goes on from a checkpoint', async () => {
    const bank = mined({ positives: [0, 2], hardNegatives: [1, 3] });
    const [one, two] = [await create(), await create()];
    await goesOnAlike(one, two, bank);
  });

  it('uses positives as anchors only when told so', async () => {
    const loss = async (anchorPositives: boolean) => {
      let seen = 0;
      const { learner } = await create();
      await learner!.finetune(patches, mined({ positives: [0, 2], hardNegatives: [1, 3] }, anchorPositives), { random: new Random(2), hooks: { onEpoch: (report) => void (seen = report.loss) } });
      return seen;
    };
    expect(await loss(true)).toBeGreaterThan((await loss(false)) + 0.1);
  });

  it('works with one patch a side, and leaves the weights alone with none on one', async () => {
    const encoder = await create();
    const before = encoder.fingerprint();
    await encoder.learner!.finetune(patches, mined({ positives: [0] }), { random: new Random(2) });
    await encoder.learner!.finetune(patches, mined({ hardNegatives: [0], uncertain: [2] }), { random: new Random(2) });
    expect(encoder.fingerprint()).toBe(before);
    await encoder.learner!.finetune(patches, mined({ positives: [0], hardNegatives: [1] }), { random: new Random(2) });
    expect(encoder.fingerprint()).not.toBe(before);
  });

  it.each([
    ['no more than it may', { maxPatches: 8 }, { positives: [0, 2, 4, 6, 8, 10], hardNegatives: [1, 3, 5, 7, 9, 11] }],
    ['no more for what is uncertain', {}, { positives: [0, 2], hardNegatives: [1, 3], uncertain: [4, 5, 6, 7, 8, 9, 10, 11] }],
  ])('looks at as many patches an epoch as were mined, %s', async (_, options, bank) => {
    const { learner } = await create({ ...options, epochs: 2 });
    const totals: number[] = [];
    await learner!.finetune(patches, mined(bank), { random: new Random(2), hooks: { onStep: (_done, total) => totals.push(total) } });
    expect(totals).toEqual([2, 2]);
  });
});

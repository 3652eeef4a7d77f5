import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, HostTensor } from '../../../src/engine/contract.js';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { createPairTrainer, type PairTrainer } from '../../../src/mil/pair-trainer.js';
import { Random } from '../../../src/shared/random.js';
import { aggregatorOptions, cpuEngine, drawBag, kinds, lossOptions } from './support.js';

const featureSize = 4;
let engine: Engine;
beforeAll(async () => {
  engine = await cpuEngine();
});

function create(kind: (typeof kinds)[number], dropout = 0): PairTrainer {
  const aggregator = createAggregator(aggregatorOptions({ kind, dropout }), featureSize);
  return createPairTrainer(engine, aggregator, { loss: lossOptions({ topK: 4 }), optimizer: { kind: 'adam', weightDecay: 1e-4 }, initial: aggregator.initialise(new Random(1)), random: new Random(2) });
}

/** Positive bags hold one instance far out on the first feature; sizes differ, some below K. */
const sizes = [3, 12, 1, 20, 7];
const positives = sizes.map((size, i) => drawBag(size, featureSize, 10 + i, 8));
const negatives = sizes.map((size, i) => drawBag(size + 1, featureSize, 20 + i));

async function epoch(trainer: PairTrainer, lr: number): Promise<number[]> {
  const totals: number[] = [];
  for (const [i, positive] of positives.entries()) totals.push((await trainer.step(positive, negatives[i], lr)).total);
  return totals;
}
const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;

describe.each(kinds)('training %s', (kind) => {
  it('tells bags apart after a few epochs, bags smaller than K included', async () => {
    const trainer = create(kind);
    const first = mean(await epoch(trainer, 0.02));
    for (let i = 0; i < 20; i++) await epoch(trainer, 0.02);
    expect(mean(await epoch(trainer, 0.02))).toBeLessThan(first * 0.6);
    const { instanceLogits, attention } = await trainer.forward(positives[1]);
    expect(instanceLogits.indexOf(Math.max(...instanceLogits))).toBe(0);
    expect(attention.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    trainer.dispose();
  });
});

describe('a trainer', () => {
  it.each([0, 0.4])('goes on bit for bit from a state, dropout %d', async (dropout) => {
    const trainer = create('dsmil', dropout);
    await epoch(trainer, 1e-3);
    const state = trainer.state();
    const straight = [await epoch(trainer, 1e-3), trainer.state()];
    const other = create('dsmil', dropout);
    other.restore(state);
    expect([await epoch(other, 1e-3), other.state()]).toEqual(straight);
  });

  it('drops out in training and not in scoring', async () => {
    const [plain, dropping] = [create('abmil'), create('abmil', 0.5)];
    expect(await dropping.forward(positives[1])).toEqual(await plain.forward(positives[1]));
    expect((await dropping.step(positives[1], negatives[1], 0)).bag).not.toBe((await plain.step(positives[1], negatives[1], 0)).bag);
  });

  it('keeps the results of an earlier forward pass', async () => {
    const trainer = create('dsmil');
    const first = await trainer.forward(positives[1]);
    const copy = structuredClone(first);
    await trainer.forward(drawBag(12, featureSize, 99));
    expect(first).toEqual(copy);
  });

  it('says at which step of which program the loss was lost', async () => {
    const trainer = create('dsmil');
    await trainer.step(positives[0], negatives[0], 1e-3);
    const broken: HostTensor = { data: Float32Array.from(positives[0].data, () => NaN), shape: positives[0].shape };
    await expect(trainer.step(broken, negatives[0], 1e-3)).rejects.toMatchObject({ code: 'loss-not-finite', what: 'The loss of "dsmil pair step" became NaN at step 2.' });
  });
});

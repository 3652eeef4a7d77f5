import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { openEngine } from '../../../src/engine/index.js';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { createPairTrainer } from '../../../src/mil/pair-trainer.js';
import { Random } from '../../../src/shared/random.js';
import type { AggregatorOptions, LossOptions } from '../../../src/shared/experiment/index.js';
import { aggregatorOptions, cpuEngine, drawBag, kinds, lossOptions } from './support.js';

const featureSize = 6;
/** Below K, at one instance, and beyond; each pair of another size. */
const sizes = [[12, 31], [3, 1], [1, 4], [40, 12], [10, 11]] as const;

/** Everything a trainer says over a few steps of every size. */
async function trajectory(engine: Engine, aggregatorInput: Partial<AggregatorOptions>, loss: LossOptions): Promise<number[]> {
  const aggregator = createAggregator(aggregatorOptions(aggregatorInput), featureSize);
  const trainer = createPairTrainer(engine, aggregator, { loss, optimizer: { kind: 'adam', weightDecay: 1e-4 }, initial: aggregator.initialise(new Random(1)), random: new Random(2) });
  const said: number[] = [];
  for (const [i, [positive, negative]] of sizes.entries()) {
    said.push(...Object.values(await trainer.step(drawBag(positive, featureSize, i), drawBag(negative, featureSize, 50 + i), 1e-2)));
    const { bagLogits, instanceLogits, attention } = await trainer.forward(drawBag(negative + 2, featureSize, 90 + i));
    said.push(...bagLogits, ...instanceLogits, ...attention);
  }
  for (const { data } of Object.values(trainer.state().weights)) said.push(...data);
  trainer.dispose();
  return said;
}

const cases: [name: string, Partial<AggregatorOptions>, LossOptions][] = [
  ...kinds.map((kind): (typeof cases)[number] => [kind, { kind }, lossOptions()]),
  ['dsmil with dropout', { kind: 'dsmil', dropout: 0.3 }, lossOptions({ topK: 4, scoreSpace: 'probability' })],
  ['abmil with dropout', { kind: 'abmil', dropout: 0.3 }, lossOptions({ topK: 1, posWeight: 2 })],
];

describe.each(['onnx', 'wasm'] as const)('%s', (kind) => {
  it.each(cases)('trains %s as tfjs-cpu does, in one program for bags of every size', async (_name, aggregator, loss) => {
    const expected = await trajectory(await cpuEngine(), aggregator, loss);
    const engine = await openEngine({ kind, threads: 1 });
    const actual = await trajectory(engine, aggregator, loss);
    engine.dispose();
    expect(actual).toHaveLength(expected.length);
    const worst = Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
    expect(worst).toBeLessThan(1e-4);
  });
});

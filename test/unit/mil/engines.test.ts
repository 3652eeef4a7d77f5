import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { openEngine } from '../../../src/engine/index.js';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { createClassTrainer } from '../../../src/mil/class-trainer.js';
import { Random } from '../../../src/shared/random.js';
import type { AggregatorOptions, LossOptions } from '../../../src/shared/experiment/index.js';
import { aggregatorOptions, cpuEngine, drawBag, kinds, lossOptions } from './support.js';

const featureSize = 6;
/** Below K, at one instance, and beyond; each pair of another size. */
const sizes = [[12, 31], [3, 1], [1, 4], [40, 12], [10, 11]] as const;

/** Labels of the two bags of a step: positive and negative, or two of three classes. */
const labels = { 1: [[1], [0]], 3: [[1, 0, 0], [0, 1, 1]] } as const;

/** Everything a trainer says over a few steps of every size. */
async function trajectory(engine: Engine, aggregatorInput: Partial<AggregatorOptions>, loss: LossOptions, outputs: 1 | 3): Promise<number[]> {
  const aggregator = createAggregator(aggregatorOptions(aggregatorInput), featureSize, outputs);
  const trainer = createClassTrainer(engine, aggregator, { loss, optimizer: { kind: 'adam', weightDecay: 1e-4 }, initial: aggregator.initialise(new Random(1)), random: new Random(2) });
  const said: number[] = [];
  const [first, second] = labels[outputs].map((label) => Float32Array.from(label));
  for (const [i, [positive, negative]] of sizes.entries()) {
    said.push(...Object.values(await trainer.step({ bag: drawBag(positive, featureSize, i), label: first! }, { bag: drawBag(negative, featureSize, 50 + i), label: second! }, 1e-2)));
    const { bagLogits, instanceLogits, attention } = await trainer.forward(drawBag(negative + 2, featureSize, 90 + i));
    said.push(...bagLogits, ...instanceLogits, ...attention);
  }
  for (const { data } of Object.values(trainer.state().weights)) said.push(...data);
  trainer.dispose();
  return said;
}

const cases: [name: string, Partial<AggregatorOptions>, LossOptions, outputs: 1 | 3][] = [
  ...kinds.flatMap((kind): typeof cases => [
    [kind, { kind }, lossOptions(), 1],
    [`${kind} of three classes`, { kind }, lossOptions(), 3],
  ]),
  ['dsmil with dropout', { kind: 'dsmil', dropout: 0.3 }, lossOptions({ topK: 4, scoreSpace: 'probability' }), 1],
  ['abmil with dropout', { kind: 'abmil', dropout: 0.3 }, lossOptions({ topK: 1, posWeight: 2 }), 1],
];

describe.each(['onnx', 'wasm'] as const)('%s', (kind) => {
  it.each(cases)('trains %s as tfjs-cpu does, in one program for bags of every size', async (_name, aggregator, loss, outputs) => {
    const expected = await trajectory(await cpuEngine(), aggregator, loss, outputs);
    const engine = await openEngine({ kind, threads: 1 });
    const actual = await trajectory(engine, aggregator, loss, outputs);
    engine.dispose();
    expect(actual).toHaveLength(expected.length);
    const worst = Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
    expect(worst).toBeLessThan(1e-4);
  });
});

import { beforeAll, expect, it } from 'vitest';
import { createOnnxEngine } from '../../../src/engine/onnx/index.js';
import type { Engine, HostTensor } from '../../../src/engine/contract.js';
import type { Aggregator } from '../../../src/mil/aggregators/index.js';
import { createBagTrainer } from '../../../src/mil/bag-trainer.js';
import { createPairTrainer } from '../../../src/mil/pair-trainer.js';
import { lossSchema } from '../../../src/shared/experiment/model.js';
import { Random } from '../../../src/shared/random.js';
import { denseLayers, publishedNetwork } from '../../science/networks/index.js';
import { createFusedTrainer, type FusedStep, type FusedTrainer, type LabelledBag } from '../../science/protocol/fused-trainer.js';
import { onBags, onPairs } from '../../science/protocol/steps.js';

const size = 7;
const rate = 0.01;
const optimizer = { kind: 'adam', weightDecay: 1e-3 } as const;
const random = new Random(5);
/** Ten bags of 1 to 10 instances. */
const bags = Array.from({ length: 10 }, (_, i): LabelledBag => ({
  label: (i % 2) as 0 | 1,
  bag: { data: Float32Array.from({ length: (i + 1) * size }, () => random.normal()), shape: [i + 1, size] },
}));
const network = (kind: 'abmil' | 'acmil' | 'dsmil') => publishedNetwork(kind, { dense: [8], attention: 4, dropout: 0.5 }, (dense) => ({ inputs: size, ...denseLayers(size, dense, 0.5) }));
const start = (aggregator: Aggregator) => ({ optimizer, initial: aggregator.initialise(new Random(1)), random: new Random(2) });

/** A trainer with another network behind it. */
async function used(aggregator: Aggregator, step: FusedStep): Promise<FusedTrainer> {
  const trainer = createFusedTrainer(engine, aggregator, step, optimizer);
  await trainer.train([bags.slice(0, step.bags)], rate);
  const { initial, random: extras } = start(aggregator);
  trainer.start(initial, extras);
  return trainer;
}

let engine: Engine;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1, reason: '' });
});

const scored = async (trainer: { forward(bag: HostTensor): Promise<{ bagLogits: Float32Array }> }) => {
  const logits = [];
  for (const { bag } of bags) logits.push((await trainer.forward(bag)).bagLogits[0]!);
  return logits;
};

it.each(['abmil', 'acmil'] as const)('takes the very steps of the trainer on single bags: %s', async (kind) => {
  const aggregator = network(kind);
  const single = createBagTrainer(engine, aggregator, { ...start(aggregator), labels: 'any' });
  for (const { bag, label } of bags) await single.step(bag, Float32Array.of(label), rate);
  const fused = await used(aggregator, onBags);
  await fused.train(bags.map((bag) => [bag]), rate);
  expect(await fused.score(bags.map(({ bag }) => bag))).toEqual(await scored(single));
});

it('takes the very steps of the trainer on pairs', async () => {
  const aggregator = network('dsmil');
  const loss = lossSchema.parse({});
  const pairs = [0, 2, 4, 6].map((i) => [bags[i + 1]!, bags[i]!]);
  const single = createPairTrainer(engine, aggregator, { ...start(aggregator), loss });
  for (const [positive, negative] of pairs) await single.step(positive!.bag, negative!.bag, rate);
  const fused = await used(aggregator, onPairs(loss));
  await fused.train(pairs, rate);
  expect(await fused.score(bags.map(({ bag }) => bag))).toEqual(await scored(single));
});

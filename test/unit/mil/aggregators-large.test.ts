import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../../src/engine/contract.js';
import { openEngine } from '../../../src/engine/index.js';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { Random } from '../../../src/shared/random.js';
import { aggregatorOptions, drawBag, kinds } from './support.js';

const instances = 50_000;
const featureSize = 8;
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ kind: 'onnx', threads: 1 });
});
afterAll(() => engine.dispose());

/** Sizes of real slides are in docs/aggregators.md, with time and memory. */
it.each(kinds)('%s scores a bag of 50,000', async (kind) => {
  const aggregator = createAggregator(aggregatorOptions({ kind }), featureSize);
  const program = engine.compile({
    name: kind,
    inputs: { bag: { shape: ['instances', featureSize] }, ...aggregator.scoringExtras.inputs },
    parameters: engine.parameters(aggregator.initialise(new Random(1))),
    body({ inputs: { bag, ...extras }, parameters }) {
      const { instanceLogits, bagLogits, attention } = aggregator.forward(bag as Tensor2D, parameters, extras);
      return { instanceLogits, bagLogits, attention };
    },
  });
  const { instanceLogits, bagLogits, attention } = await program.run({ bag: drawBag(instances, featureSize, 1), ...aggregator.scoringExtras.draw(instances, new Random(1)) });
  program.dispose();
  expect(instanceLogits!.shape).toEqual([instances, 1]);
  expect(attention!.shape).toEqual([instances, 1]);
  expect((attention!.data as Float32Array).reduce((a, b) => a + b)).toBeCloseTo(1, 3);
  for (const values of [instanceLogits!, bagLogits!, attention!]) expect((values.data as Float32Array).every(Number.isFinite)).toBe(true);
});

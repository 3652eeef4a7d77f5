import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { createBagTrainer } from '../../../src/mil/bag-trainer.js';
import type { LabelKind } from '../../../src/mil/losses/index.js';
import { Random } from '../../../src/shared/random.js';
import { aggregatorOptions, cpuEngine, drawBag } from './support.js';

const featureSize = 4;
const classes = 3;
let engine: Engine;
beforeAll(async () => {
  engine = await cpuEngine();
});

/** Class k is told by feature k of the first instance; the label `any` also has slides of two classes and of none. */
function cohort(labels: LabelKind) {
  return Array.from({ length: 12 }, (_, i) => {
    const bag = drawBag([3, 9, 1, 6][i % 4]!, featureSize, 40 + i);
    const has = labels === 'one' ? [i % classes] : [[0], [1, 2], [], [2]][i % 4]!;
    for (const k of has) bag.data[k] = 9;
    return { bag, label: Float32Array.from({ length: classes }, (_, k) => (has.includes(k) ? 1 : 0)) };
  });
}

/** The mean drowns one telling instance, and a maximum that begins on another may never find it. */
describe.each(['dsmil', 'abmil', 'gated-abmil'] as const)('%s', (kind) => {
  it.each(['one', 'any'] as const)('learns slides that have %s of three classes', async (labels) => {
    const aggregator = createAggregator(aggregatorOptions({ kind }), featureSize, classes);
    const trainer = createBagTrainer(engine, aggregator, { labels, optimizer: { kind: 'adam', weightDecay: 0 }, initial: aggregator.initialise(new Random(1)), random: new Random(2) });
    const slides = cohort(labels);
    for (let epoch = 0; epoch < 60; epoch++) for (const { bag, label } of slides) await trainer.step(bag, label, 0.04);
    let right = 0;
    for (const { bag, label } of slides) {
      const { bagLogits, instanceLogits, attention } = await trainer.forward(bag);
      expect(instanceLogits).toHaveLength(bag.shape[0]! * classes);
      expect(attention.reduce((a, b) => a + b)).toBeCloseTo(attention.length / bag.shape[0]!, 4);
      const called = labels === 'one' ? [...bagLogits.keys()].filter((k) => bagLogits[k] === Math.max(...bagLogits)) : [...bagLogits.keys()].filter((k) => bagLogits[k]! > 0);
      if (called.join() === [...label.keys()].filter((k) => label[k] === 1).join()) right += 1;
    }
    expect(right).toBeGreaterThanOrEqual(slides.length - 1);
    trainer.dispose();
  });
});

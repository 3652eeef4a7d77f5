import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEagerEngine } from '../../../src/engine/eager.js';
import type { Engine } from '../../../src/engine/contract.js';
import { tf } from '../../../src/engine/tfjs.js';
import { trainingStep, type TrainingStepSpec } from '../../../src/engine/training-step.js';

let engine: Engine;
beforeAll(async () => {
  await tf.setBackend('cpu');
  engine = createEagerEngine({ kind: 'cpu', version: '', threads: 1, device: 'cpu', reason: 'tests' });
});

/** ½·Σ curvature·(w − target)²: its gradient is known by hand. */
const quadratic = (optimizer: TrainingStepSpec['optimizer']): TrainingStepSpec => ({
  name: 'quadratic',
  inputs: { target: { shape: [3] } },
  parameters: { w: { shape: [3], data: Float32Array.of(1, -2, 3) }, unused: { shape: [2], data: Float32Array.of(7, 8) } },
  optimizer,
  loss({ inputs, parameters }) {
    const squared = tf.square(tf.sub(parameters['w']!, inputs['target']!));
    return { total: tf.mul(tf.sum(squared), 0.5), largest: tf.max(squared) };
  },
});
const target = { target: { data: Float32Array.of(0, 0.5, -1), shape: [3] } };

describe('trainingStep', () => {
  it('follows torch.optim.Adam with L2 weight decay', async () => {
    const step = trainingStep(engine, quadratic({ kind: 'adam', weightDecay: 0.1 }));
    const w = [1, -2, 3], m = [0, 0, 0], v = [0, 0, 0];
    for (let t = 1; t <= 5; t++) {
      const goal = target.target.data;
      const losses = await step.run(target, 0.05 / t);
      expect(losses['total']).toBeCloseTo(0.5 * w.reduce((sum, x, i) => sum + (x - goal[i]!) ** 2, 0), 5);
      expect(losses['largest']).toBeCloseTo(Math.max(...w.map((x, i) => (x - goal[i]!) ** 2)), 5);
      w.forEach((x, i) => {
        const g = x - goal[i]! + 0.1 * x;
        m[i] = 0.9 * m[i]! + 0.1 * g;
        v[i] = 0.999 * v[i]! + 0.001 * g * g;
        w[i] = x - ((0.05 / t) * (m[i]! / (1 - 0.9 ** t))) / (Math.sqrt(v[i]! / (1 - 0.999 ** t)) + 1e-8);
      });
    }
    const { w: trained, unused } = step.store.read();
    trained!.data.forEach((x, i) => expect(x).toBeCloseTo(w[i]!, 5));
    expect([...unused!.data]).toEqual([7, 8]);
    step.dispose();
  });

  it('follows torch.optim.SGD with momentum', async () => {
    const step = trainingStep(engine, quadratic({ kind: 'sgd', momentum: 0.9, weightDecay: 0.01 }));
    const w = [1, -2, 3], b = [0, 0, 0];
    for (let t = 1; t <= 4; t++) {
      await step.run(target, 0.1);
      w.forEach((x, i) => {
        b[i] = 0.9 * b[i]! + x - target.target.data[i]! + 0.01 * x;
        w[i] = x - 0.1 * b[i]!;
      });
    }
    step.store.read()['w']!.data.forEach((x, i) => expect(x).toBeCloseTo(w[i]!, 5));
  });

  it.each(['adam', 'sgd'] as const)('continues a restored %s run bit for bit', async (kind) => {
    const optimizer = kind === 'adam' ? { kind, weightDecay: 0.1 } : { kind, momentum: 0.9 };
    const straight = trainingStep(engine, quadratic(optimizer));
    for (let t = 0; t < 3; t++) await straight.run(target, 0.03);
    const weights = straight.store.read(), state = straight.optimizerState();
    for (let t = 0; t < 3; t++) await straight.run(target, 0.02);

    const resumed = trainingStep(engine, quadratic(optimizer));
    resumed.restore(weights, state);
    for (let t = 0; t < 3; t++) await resumed.run(target, 0.02);
    expect(resumed.store.read()).toEqual(straight.store.read());
    expect(resumed.optimizerState()).toEqual(straight.optimizerState());
  });

  it('leaks no tensors', async () => {
    const step = trainingStep(engine, quadratic({ kind: 'adam' }));
    await step.run(target, 0.1);
    const before = tf.memory().numTensors;
    await step.run(target, 0.1);
    expect(tf.memory().numTensors).toBe(before);
  });
});

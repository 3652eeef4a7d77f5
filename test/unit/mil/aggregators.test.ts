import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ParameterValues } from '../../../src/engine/contract.js';
import { tf } from '../../../src/engine/tfjs.js';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { Random } from '../../../src/shared/random.js';
import { aggregatorOptions, cpuEngine, drawBag, kinds } from './support.js';

beforeAll(cpuEngine);

const featureSize = 5;
const toTensors = (values: ParameterValues) => Object.fromEntries(Object.entries(values).map(([name, { data, shape }]) => [name, tf.tensor(data, shape.slice())]));
const numbers = (tensor: Tensor) => Array.from(tensor.dataSync());
const bagTensor = (instances: number, seed: number) => tf.tensor2d(drawBag(instances, featureSize, seed).data as Float32Array, [instances, featureSize]);

describe.each(kinds)('%s', (kind) => {
  const aggregator = createAggregator(aggregatorOptions({ kind }), featureSize);
  const values = aggregator.initialise(new Random(3));

  it('does not mind the order of the instances', () => {
    const parameters = toTensors(values);
    const bag = bagTensor(9, 1);
    const order = [4, 0, 8, 2, 6, 1, 7, 3, 5];
    const straight = aggregator.forward(bag, parameters, {});
    const shuffled = aggregator.forward(tf.gather(bag, order), parameters, {});
    expect(numbers(shuffled.bagLogits)[0]).toBeCloseTo(numbers(straight.bagLogits)[0], 5);
    const attention = numbers(straight.attention);
    numbers(shuffled.attention).forEach((weight, i) => expect(weight).toBeCloseTo(attention[order[i]], 6));
    expect(attention.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  });

  it('takes a bag of one instance', () => {
    const { instanceLogits, attention, bagLogits } = aggregator.forward(bagTensor(1, 2), toTensors(values), {});
    expect(instanceLogits.shape).toEqual([1, 1]);
    expect(attention.arraySync()).toEqual([[1]]);
    expect(Number.isFinite(numbers(bagLogits)[0])).toBe(true);
  });

  it('has the gradient that finite differences show', () => {
    const parameters = toTensors(values);
    const names = Object.keys(parameters);
    const bag = bagTensor(7, 5);
    const objective = (...given: unknown[]): Scalar => {
      const { bagLogits, instanceLogits } = aggregator.forward(bag, Object.fromEntries(names.map((name, i) => [name, given[i] as Tensor1D])), {});
      return tf.add(tf.sum(tf.square(bagLogits)), tf.mean(tf.square(instanceLogits)));
    };
    const tensors = names.map((name) => parameters[name]);
    const gradients = tf.grads(objective)(tensors);
    const step = 1e-3;
    names.forEach((name, i) => {
      const direction = tf.tensor(Float32Array.from(values[name].data, (_, at) => Math.sin(3 * at + 1)), values[name].shape.slice());
      const at = (distance: number) => objective(...tensors.map((tensor, j) => (j === i ? tf.add(tensor, tf.mul(direction, distance)) : tensor))).arraySync();
      const slope = (at(step) - at(-step)) / (2 * step);
      const predicted = tf.sum(tf.mul(gradients[i], direction)).arraySync() as number;
      expect(Math.abs(predicted - slope), name).toBeLessThan(3e-3 * Math.max(1, Math.abs(slope)));
    });
  });

  it('draws its parameters within torch’s bounds, the same for the same seed', () => {
    expect(aggregator.initialise(new Random(3))).toEqual(values);
    for (const [name, { shape, data }] of Object.entries(values)) {
      const weight = values[name.replace(/bias$/, 'weight')].shape;
      const bound = 1 / Math.sqrt(weight[weight.length - 1]);
      expect(data.length, name).toBe(shape.reduce((a, b) => a * b, 1));
      expect(Math.max(...data.map(Math.abs)), name).toBeLessThanOrEqual(Math.fround(bound));
    }
  });
});

describe('dsmil', () => {
  it('gives, without computing values of every instance, what the reference’s formulation gives, dropout included', () => {
    const aggregator = createAggregator(aggregatorOptions({ dropout: 0.5 }), featureSize);
    const parameters = toTensors(aggregator.initialise(new Random(8)));
    const bag = bagTensor(6, 4);
    const mask = tf.tensor2d(Float32Array.from({ length: 6 * featureSize }, (_, i) => (i % 3 ? 2 : 0)), [6, featureSize]);
    const weight = (name: string) => parameters[`b_classifier.${name}.weight`] as Tensor2D;
    const bias = (name: string) => parameters[`b_classifier.${name}.bias`];
    const features = tf.relu(tf.add(tf.matMul(bag, weight('lin.0'), false, true), bias('lin.0')));
    const values = tf.add(tf.matMul(tf.mul(features, mask) as Tensor2D, weight('v.1'), false, true), bias('v.1'));
    const { attention, bagEmbedding } = aggregator.forward(bag, parameters, { dropout: mask });
    const expected = tf.sum(tf.mul(attention, values), 0).arraySync() as number[];
    (bagEmbedding.arraySync() as number[]).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  });

  it('attends to the critical instance’s likes: equal instances share the attention equally', () => {
    const aggregator = createAggregator(aggregatorOptions(), featureSize);
    const bag = tf.tile(bagTensor(1, 6), [4, 1]) as Tensor2D;
    expect(aggregator.forward(bag, toTensors(aggregator.initialise(new Random(1))), {}).attention.arraySync()).toEqual([[0.25], [0.25], [0.25], [0.25]]);
  });
});

describe('abmil', () => {
  it.each(['abmil', 'gated-abmil'] as const)('%s: the bag logit is the attention-weighted mean of the instance logits', (kind) => {
    const aggregator = createAggregator(aggregatorOptions({ kind }), featureSize);
    const { bagLogits, attention, instanceLogits } = aggregator.forward(bagTensor(8, 7), toTensors(aggregator.initialise(new Random(2))), {});
    expect(numbers(bagLogits)[0]).toBeCloseTo(tf.sum(tf.mul(attention, instanceLogits)).arraySync() as number, 5);
  });
});

describe('pooling', () => {
  it('takes the maximum or the mean of the instance logits', () => {
    for (const [kind, pool] of [['max', tf.max], ['mean', tf.mean]] as const) {
      const aggregator = createAggregator(aggregatorOptions({ kind }), featureSize);
      const { bagLogits, instanceLogits } = aggregator.forward(bagTensor(8, 7), toTensors(aggregator.initialise(new Random(2))), {});
      expect(numbers(bagLogits)[0]).toBeCloseTo(pool(instanceLogits).arraySync() as number, 5);
    }
  });
});

import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ParameterValues } from '../../../src/engine/contract.js';
import { tf } from '../../../src/engine/tfjs.js';
import { createAggregator } from '../../../src/mil/aggregators/index.js';
import { Random } from '../../../src/shared/random.js';
import { aggregatorOptions, cpuEngine, drawBag, extrasFor, kinds } from './support.js';

beforeAll(cpuEngine);

const featureSize = 5;
const toTensors = (values: ParameterValues) => Object.fromEntries(Object.entries(values).map(([name, { data, shape }]) => [name, tf.tensor(data, shape.slice())]));
const numbers = (tensor: Tensor) => Array.from(tensor.dataSync());
const bagTensor = (instances: number, seed: number) => tf.tensor2d(drawBag(instances, featureSize, seed).data as Float32Array, [instances, featureSize]);

/** Those that have a place for each instance. */
const ordered: ReadonlySet<string> = new Set(['transmil']);

describe.each(kinds)('%s', (kind) => {
  const aggregator = createAggregator(aggregatorOptions({ kind }), featureSize);
  const values = aggregator.initialise(new Random(3));

  const scoring = (instances: number) => extrasFor(aggregator.scoringExtras, instances);

  it.runIf(ordered.has(kind))('sees the order of the instances', () => {
    const parameters = toTensors(values);
    const bag = bagTensor(9, 1);
    const order = [4, 0, 8, 2, 6, 1, 7, 3, 5];
    const [straight, shuffled] = [bag, tf.gather(bag, order)].map((bag) => numbers(aggregator.forward(bag, parameters, scoring(9)).bagLogits)[0]!);
    expect(Math.abs(shuffled! - straight!)).toBeGreaterThan(1e-4);
  });

  it.skipIf(ordered.has(kind))('does not mind the order of the instances', () => {
    const parameters = toTensors(values);
    const bag = bagTensor(9, 1);
    const order = [4, 0, 8, 2, 6, 1, 7, 3, 5];
    const straight = aggregator.forward(bag, parameters, scoring(9));
    // Instances stay in their pseudo-bags: which those are is drawn, not seen.
    const moved = Object.fromEntries(Object.entries(scoring(9)).map(([name, extra]) => [name, name === 'pseudo-bags' ? tf.gather(extra, order, 1) : extra]));
    const shuffled = aggregator.forward(tf.gather(bag, order), parameters, moved);
    expect(numbers(shuffled.bagLogits)[0]).toBeCloseTo(numbers(straight.bagLogits)[0]!, 5);
    const attention = numbers(straight.attention);
    numbers(shuffled.attention).forEach((weight, i) => expect(weight).toBeCloseTo(attention[order[i]!]!, 6));
  });

  it.each([1, 3])('gives each of %i classes an attention that sums to one and a logit for every instance', (outputs) => {
    const several = createAggregator(aggregatorOptions({ kind }), featureSize, outputs);
    const { attention, instanceLogits, bagLogits } = several.forward(bagTensor(9, 1), toTensors(several.initialise(new Random(3))), extrasFor(several.scoringExtras, 9));
    expect(instanceLogits.shape).toEqual([9, outputs]);
    expect(bagLogits.shape).toEqual([outputs]);
    expect([1, outputs]).toContain(attention.shape[1]);
    expect(attention.shape[0]).toBe(9);
    for (const sum of numbers(tf.sum(attention, 0))) expect(sum).toBeCloseTo(1, 5);
    expect(Math.min(...numbers(attention))).toBeGreaterThanOrEqual(0);
  });

  it('takes a bag of one instance', () => {
    const { instanceLogits, attention, bagLogits } = aggregator.forward(bagTensor(1, 2), toTensors(values), scoring(1));
    expect(instanceLogits.shape).toEqual([1, 1]);
    expect(numbers(attention)[0]).toBeCloseTo(1, 6);
    expect(Number.isFinite(numbers(bagLogits)[0])).toBe(true);
  });

  it.each([1, 7])('has in training the gradient that finite differences show, with %i instances', (instances) => {
    const names = Object.keys(values);
    const tensors = Object.values(toTensors(values));
    const extras = extrasFor(aggregator.trainingExtras, instances);
    const objective = (bag: Tensor2D, given: readonly unknown[]): Scalar => {
      const { bagLogits, instanceLogits, auxiliary } = aggregator.forward(bag, Object.fromEntries(names.map((name, i) => [name, given[i] as Tensor1D])), extras, { label: tf.tensor1d([1]) });
      return tf.addN([tf.sum(tf.square(bagLogits)), tf.mean(tf.square(instanceLogits)), ...(auxiliary ? [auxiliary] : [])]) as Scalar;
    };
    const step = 1e-3;
    names.forEach((name, i) => {
      const direction = tf.tensor(Float32Array.from(values[name]!.data, (_, at) => Math.sin(3 * at + 1)), values[name]!.shape.slice());
      const slopes = (bag: Tensor2D) => {
        const at = (distance: number) => objective(bag, tensors.map((tensor, j) => (j === i ? tf.add(tensor, tf.mul(direction, distance)) : tensor))).arraySync();
        return { left: (at(0) - at(-step)) / step, right: (at(step) - at(0)) / step };
      };
      // A ReLU or a choice of instances may turn within the step: then another bag tells.
      const agree = ({ left, right }: ReturnType<typeof slopes>) => Math.abs(left - right) < 6e-3 * Math.max(1, Math.abs(left));
      const bag = [5, 6, 7, 8, 9, 10, 11, 12].map((seed) => bagTensor(instances, seed)).find((bag) => agree(slopes(bag)));
      expect(bag, `a smooth place for ${name}`).toBeDefined();
      const { left, right } = slopes(bag!);
      const gradient = tf.grads((...given: unknown[]) => objective(bag!, given))(tensors)[i]!;
      const predicted = tf.sum(tf.mul(gradient, direction)).arraySync() as number;
      expect(Math.abs(predicted - (left + right) / 2), name).toBeLessThan(5e-3 * Math.max(1, Math.abs(left)));
    });
  });

  it('draws its parameters within torch’s bounds, the same for the same seed', () => {
    expect(aggregator.initialise(new Random(3))).toEqual(values);
    for (const [name, { shape, data }] of Object.entries(values)) {
      expect(data.length, name).toBe(shape.reduce((a, b) => a * b, 1));
      // Norms start at one and zero, the class token is normal.
      if (name === 'cls_token' || /(^|\.)norm\./.test(name)) continue;
      const weight = values[name.replace(/bias$/, 'weight')]!.shape;
      const bound = 1 / Math.sqrt(weight.length === 4 ? weight[2]! * weight[3]! : weight[weight.length - 1]!);
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

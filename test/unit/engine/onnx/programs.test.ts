import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, HostTensor, ProgramSpec } from '../../../../src/engine/contract.js';
import { openOnnxModel } from '../../../../src/engine/onnx/index.js';
import { detach, gatherRow, topKMean } from '../../../../src/engine/ops.js';
import { tf } from '../../../../src/engine/tfjs.js';
import { trainingStep, type TrainingStepSpec } from '../../../../src/engine/training-step.js';
import { HardmineError } from '../../../../src/shared/errors.js';
import { bothEngines, expectAgreement, expectSameTraining, integers, normal } from './reference.js';

let engines: { onnx: Engine; cpu: Engine };
beforeAll(async () => void (engines = await bothEngines()));

const D = 24, Q = 8;

/** A pair of bags through attention pooling with a critical instance (DSMIL, design.md §4). */
function pairStep(sizes: readonly [number | string, number | string], optimizer: TrainingStepSpec['optimizer'] = { kind: 'adam', weightDecay: 1e-3 }): TrainingStepSpec {
  const linear = (x: Tensor, w: Tensor, b: Tensor) => tf.add(tf.matMul(x as Tensor2D, w as Tensor2D, false, true), b);
  const cross = (logit: Tensor, label: number) => tf.softplus(label ? tf.neg(logit) : logit);
  return {
    name: 'pair',
    inputs: { positive: { shape: [sizes[0], D] }, negative: { shape: [sizes[1], D] } },
    parameters: {
      'i.weight': normal([1, D], 1, 0.3), 'i.bias': normal([1], 2), 'f.weight': normal([D, D], 3, 0.3), 'f.bias': normal([D], 4, 0.1),
      'q.weight': normal([Q, D], 5, 0.3), 'q.bias': normal([Q], 6, 0.1), 'b.weight': normal([1, 1, D], 7, 0.3), 'b.bias': normal([1], 8),
    },
    optimizer,
    loss({ inputs, parameters: p }) {
      const logits = (bag: Tensor): [Tensor1D, Tensor] => {
        const instances = tf.reshape(linear(bag, p['i.weight']!, p['i.bias']!), [-1]) as Tensor1D;
        const features = tf.relu(linear(bag, p['f.weight']!, p['f.bias']!));
        const queries = tf.tanh(linear(features, p['q.weight']!, p['q.bias']!)) as Tensor2D;
        const critical = gatherRow(queries, tf.argMax(detach(instances)));
        const attention = tf.softmax(tf.div(tf.matMul(critical, queries, false, true), Math.sqrt(Q)));
        const embedding = tf.matMul(attention, features as Tensor2D);
        return [instances, tf.add(tf.sum(tf.mul(embedding, tf.reshape(p['b.weight']!, [1, D]))), tf.reshape(p['b.bias']!, []))];
      };
      const [positiveInstances, positiveBag] = logits(inputs['positive']!);
      const [negativeInstances, negativeBag] = logits(inputs['negative']!);
      const bag = tf.add(cross(positiveBag, 1), cross(negativeBag, 0));
      const instance = tf.add(cross(tf.max(positiveInstances), 1), cross(tf.max(negativeInstances), 0));
      const ranking = tf.relu(tf.add(tf.sub(topKMean(negativeInstances, 10), topKMean(positiveInstances, 10)), 1));
      const spread = tf.add(tf.mean(tf.square(positiveInstances)), tf.mean(tf.square(negativeInstances)));
      return { total: tf.addN([tf.mul(bag, 0.25), tf.mul(instance, 0.25), tf.mul(ranking, 0.1), tf.mul(spread, 0.01)]), bag, ranking };
    },
  };
}

const bags = (positive: number, negative: number, seed: number) => ({ positive: normal([positive, D], seed), negative: normal([negative, D], seed + 1) });

describe('a training step on a pair of bags', () => {
  it('agrees with the reference over steps and sizes', async () => {
    await expectSameTraining(engines, pairStep(['p', 'n']), [bags(40, 33, 1), bags(100, 7, 3), bags(5, 200, 5), bags(1, 1, 7)], 1e-5);
  });
  it('is the same program, to the bit, at named and at fixed sizes', async () => {
    const named = trainingStep(engines.onnx, pairStep(['p', 'n']));
    const fixed = trainingStep(engines.onnx, pairStep([57, 31]));
    for (let i = 0; i < 4; i++) expect(await named.run(bags(57, 31, 10 + i), 1e-3)).toEqual(await fixed.run(bags(57, 31, 10 + i), 1e-3));
    expect(named.store.read()).toEqual(fixed.store.read());
    expect(named.optimizerState()).toEqual(fixed.optimizerState());
  });
  it('takes one name for two inputs', async () => {
    await expectSameTraining(engines, pairStep(['n', 'n'], { kind: 'sgd', momentum: 0.9 }), [bags(12, 12, 1), bags(30, 30, 3)], 1e-5, 0.05);
    await expect(trainingStep(engines.onnx, pairStep(['n', 'n'])).run(bags(12, 13, 1), 1e-3)).rejects.toThrow(/"negative" has shape \[13, 24\].*expected \[n, 24\]/);
  });
  it('restores a checkpoint to the bit, and repeats itself', async () => {
    const straight = trainingStep(engines.onnx, pairStep(['p', 'n']));
    for (let i = 0; i < 3; i++) await straight.run(bags(20, 30, i), 1e-3);
    const weights = straight.store.read(), state = straight.optimizerState();
    for (let i = 3; i < 6; i++) await straight.run(bags(20, 30, i), 1e-3);
    const resumed = trainingStep(engines.onnx, pairStep(['p', 'n']));
    resumed.restore(weights, state);
    for (let i = 3; i < 6; i++) await resumed.run(bags(20, 30, i), 1e-3);
    expect(resumed.store.read()).toEqual(straight.store.read());
    const repeated = trainingStep(engines.onnx, pairStep(['p', 'n']));
    for (let i = 0; i < 6; i++) await repeated.run(bags(20, 30, i), 1e-3);
    expect(repeated.store.read()).toEqual(straight.store.read());
  });
});

describe('programs', () => {
  const scale = (extra: Partial<ProgramSpec> = {}): ProgramSpec => ({
    name: 'scale',
    inputs: { x: { shape: ['n', 2] } },
    body: ({ inputs, parameters }) => ({ y: tf.mul(inputs['x']!, parameters['w']!), total: tf.sum(inputs['x']!) }),
    ...extra,
  });
  const rows = (n: number): HostTensor => ({ shape: [n, 2], data: Float32Array.from({ length: 2 * n }, (_, i) => i + 1) });
  const w = { w: { shape: [2], data: Float32Array.of(10, 100) } };

  it('share parameters, see each other’s updates, and freeze', async () => {
    const store = engines.onnx.parameters(w);
    const read = engines.onnx.compile(scale({ parameters: store }));
    const frozen = engines.onnx.compile(scale({ parameters: store, frozen: true }));
    const grow = engines.onnx.compile({ name: 'grow', inputs: {}, parameters: store, body: ({ parameters }) => (parameters['w']!.assign(tf.mul(parameters['w']!, 2)), {}) });
    await Promise.all([grow.run({}), grow.run({}), grow.run({})]);
    expect([...(await read.run({ x: rows(1) }))['y']!.data]).toEqual([80, 1600]);
    expect([...(await frozen.run({ x: rows(2) }))['y']!.data]).toEqual([10, 200, 30, 400]);
    store.write({ w: { shape: [2], data: Float32Array.of(1, 2) } });
    expect([...(await read.run({ x: rows(1) }))['y']!.data]).toEqual([1, 4]);
    expect([...store.read()['w']!.data]).toEqual([1, 2]);
    expect(() => store.write({ v: w.w })).toThrow(/no parameter is named "v"/);
    expect(() => store.write({ w: { shape: [1], data: Float32Array.of(1) } })).toThrow(/"w" has shape \[2\], not \[1\]/);
  });
  it('may not assign frozen parameters', () => {
    const store = engines.onnx.parameters(w);
    expect(() => engines.onnx.compile(scale({ parameters: store, frozen: true, body: ({ parameters }) => (parameters['w']!.assign(tf.zeros([2])), {}) }))).toThrow(/frozen but assigns its parameter "w"/);
  });
  it('read a parameter’s new value after assigning it', async () => {
    const store = engines.onnx.parameters(w);
    const program = engines.onnx.compile({ name: 'after', inputs: {}, parameters: store, body({ parameters: { w: v } }) {
      v!.assign(tf.add(v!, 1));
      return { twice: tf.mul(v!, 2), same: v!, again: v! };
    } });
    const outputs = await program.run({});
    expect([...outputs['twice']!.data]).toEqual([22, 202]);
    expect([...outputs['same']!.data]).toEqual([11, 101]);
    expect([...outputs['again']!.data]).toEqual([11, 101]);
    expect([...store.read()['w']!.data]).toEqual([11, 101]);
  });
  it('hand integers in and out', async () => {
    const spec: ProgramSpec = { name: 'integers', inputs: { x: { shape: ['n', 3] }, rows: { shape: ['k'], dtype: 'int32' } }, body: ({ inputs: { x, rows: chosen } }) => ({ best: tf.argMax(tf.gather(x!, chosen as Tensor1D), 1), plus: tf.add(chosen!, tf.scalar(1, 'int32')), same: chosen! }) };
    await expectAgreement(engines, spec, { x: normal([6, 3], 1), rows: integers([4], 6, 2) });
    await expectAgreement(engines, spec, { x: normal([9, 3], 1), rows: integers([2], 9, 3) });
  });
  it('compute with sizes', async () => {
    const spec: ProgramSpec = { name: 'sizes', inputs: { x: { shape: ['b', 'n', 4] }, y: { shape: ['m', 4] } }, body({ inputs: { x, y } }) {
      const [b, n] = x!.shape as [number, number, number];
      const flat = tf.reshape(x!, [b * n, 4]);
      const scores = tf.matMul(flat as Tensor2D, y as Tensor2D, false, true);
      return { mean: tf.mean(scores), gradient: tf.grad((t) => tf.mean(tf.square(t)))(scores), padded: tf.concat([tf.pad(y!, [[1, 2], [0, 0]]), tf.ones([n, 4])]), range: tf.mul(tf.range(0, n, 1), 1 / n), scaled: tf.mul(y!, n - 0.5) };
    } };
    for (const [b, n, m] of [[2, 3, 5], [1, 1, 1], [4, 2, 7]] as const) await expectAgreement(engines, spec, { x: normal([b, n, 4], 1), y: normal([m, 4], 2) });
  });
  it('refuse a body that branches on a named size', () => {
    const body: ProgramSpec['body'] = ({ inputs: { x } }) => ({ y: x!.shape[0]! > 300 ? tf.exp(x!) : x! });
    expect(() => engines.onnx.compile(scale({ body }))).toThrow(/"scale" takes another form at another size/);
    const squared: ProgramSpec['body'] = ({ inputs: { x } }) => ({ y: tf.mul(x!, Math.sin(x!.shape[0]!)) });
    expect(() => engines.onnx.compile(scale({ body: squared }))).toThrow(/no simple function of the sizes/);
  });
  it('name a kernel that has no mapping', () => {
    const compile = (body: ProgramSpec['body']) => () => engines.onnx.compile(scale({ body }));
    const error = (() => { try { compile(({ inputs: { x } }) => ({ y: tf.tan(x!) }))(); } catch (e) { return e; } return undefined; })();
    expect(error).toBeInstanceOf(HardmineError);
    expect(error).toMatchObject({ code: 'kernel-unmapped', message: expect.stringMatching(/kernel Tan.*"scale"/) as string });
    expect(compile(({ inputs: { x } }) => ({ y: tf.gather(tf.reshape(x!, [2, -1]), tf.tensor2d([[0], [1]], [2, 1], 'int32'), 1, 1) }))).toThrow(/kernel GatherV2 with batchDims/);
  });
  it('leave the backend and the memory of tfjs as they were', async () => {
    const before = tf.memory().numTensors;
    engines.onnx.compile(scale({ parameters: engines.onnx.parameters(w) }));
    trainingStep(engines.onnx, pairStep(['p', 'n']));
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe('cpu');
  });
  it('may not read values while traced', () => {
    expect(() => engines.onnx.compile(scale({ body: ({ inputs: { x } }) => ({ y: tf.mul(x!, tf.exp(x!).dataSync()[0]!) }) }))).toThrow(/may not read the values/);
  });
  it('take tensors of another backend as constants', async () => {
    const outside = tf.tensor1d([1, 2]);
    const program = engines.onnx.compile(scale({ body: ({ inputs: { x } }) => ({ y: tf.mul(x!, outside) }) }));
    expect([...(await program.run({ x: rows(1) }))['y']!.data]).toEqual([1, 4]);
    expect([...(await tf.square(outside).data())]).toEqual([1, 4]);
  });
});

const mobilenet = resolve(__dirname, '../../../../../shared/data/encoders/mobilenet_v2_0.35_224.onnx');

describe('openOnnxModel', () => {
  it.skipIf(!existsSync(mobilenet))('opens a real encoder, says its shapes and repeats itself', async () => {
    const model = await openOnnxModel(mobilenet, { threads: 2 });
    const [input] = model.inputs;
    expect(input).toMatchObject({ type: 'float32' });
    const shape = input!.shape.map((size, axis) => (typeof size === 'number' ? size : axis === 0 ? 2 : 224));
    const image = { [input!.name]: normal(shape, 1) };
    const first = await model.run(image);
    const values = Object.values(first)[0]!;
    expect(values.data).toBeInstanceOf(Float32Array);
    expect(values.data.every(Number.isFinite)).toBe(true);
    expect(await model.run(image)).toEqual(first);
    await model.dispose();
  });
  it('refuses what is no model', async () => {
    for (const file of [__filename, `${__filename}.absent`]) {
      const error: unknown = await openOnnxModel(file, { threads: 1 }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(HardmineError);
      expect(error).toMatchObject({ code: 'encoder-invalid', place: { file } });
    }
  });
});

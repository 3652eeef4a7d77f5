import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../src/engine/contract.js';
import { kernels } from '../../../../src/engine/onnx/kernels/index.js';
import { tf } from '../../../../src/engine/tfjs.js';
import { bothEngines, differentiated, expectAgreement, integers, normal, type Case } from './reference.js';

let engines: { onnx: Engine; cpu: Engine };
const seen = new Set<string>();
beforeAll(async () => {
  engines = await bothEngines();
  const engine = tf.engine();
  const runKernel = engine.runKernel.bind(engine);
  engine.runKernel = ((name: string, ...rest: [never, never]) => {
    if (tf.getBackend() === 'onnx') seen.add(name);
    return runKernel(name, ...rest);
  }) as typeof engine.runKernel;
});

const agree = (one: Case, tolerance?: number) => expectAgreement(engines, differentiated(one), one.inputs, tolerance);
const x = (...shape: number[]) => ({ x: normal(shape, 3) });
const positive = (...shape: number[]) => ({ x: { shape, data: normal(shape, 4).data.map((v) => Math.abs(v) + 0.2) } });
const pair = (a: number[], b: number[]) => ({ a: normal(a, 5), b: normal(b, 6) });

/** Shapes that exercise rank, order of axes and broadcasting. */
const turned = (t: Tensor) => tf.transpose(t, [2, 0, 1]);

describe('elementwise', () => {
  const unary: Record<string, (t: Tensor) => Tensor> = {
    neg: tf.neg, abs: tf.abs, exp: tf.exp, square: tf.square, sin: tf.sin, cos: tf.cos, erf: tf.erf, sigmoid: tf.sigmoid, tanh: tf.tanh, softplus: tf.softplus,
    relu: tf.relu, relu6: (t) => tf.relu6(tf.mul(t, 4)), elu: tf.elu, leakyRelu: (t) => tf.leakyRelu(t, 0.3), clip: (t) => tf.clipByValue(t, -0.5, 0.7),
  };
  it.each(Object.entries(unary))('%s', async (_name, f) => {
    for (const shape of [[7], [3, 4], [2, 3, 4], []]) await agree({ inputs: x(...shape), f: ({ x: t }) => f(t!) });
    await agree({ inputs: x(2, 3, 4), f: ({ x: t }) => f(turned(t!)) });
  });
  const ofPositive: Record<string, (t: Tensor) => Tensor> = { log: tf.log, log1p: tf.log1p, sqrt: tf.sqrt, rsqrt: tf.rsqrt, reciprocal: tf.reciprocal, pow: (t) => tf.pow(t, 1.7) };
  it.each(Object.entries(ofPositive))('%s', async (_name, f) => {
    for (const shape of [[7], [2, 3, 4]]) await agree({ inputs: positive(...shape), f: ({ x: t }) => f(t!) });
  });
  const withoutGradient: Record<string, (t: Tensor) => Tensor> = {
    sign: tf.sign, floor: tf.floor, ceil: tf.ceil, round: (t) => tf.round(tf.mul(t, 3)), step: (t) => tf.step(t), stepAlpha: (t) => tf.step(t, -1),
    toInt: (t) => tf.cast(tf.mul(t, 3), 'int32'), toBool: (t) => tf.cast(tf.relu(t), 'bool'), not: (t) => tf.logicalNot(tf.greater(t, 0)), zerosLike: (t) => tf.zerosLike(t), onesLike: (t) => tf.onesLike(t),
  };
  it.each(Object.entries(withoutGradient))('%s', async (_name, f) => {
    await agree({ inputs: x(3, 5), f: ({ x: t }) => f(t!), gradients: [] });
  });

  const binary: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
    add: tf.add, sub: tf.sub, mul: tf.mul, div: (a, b) => tf.div(a, tf.add(tf.square(b), 0.3)), maximum: tf.maximum, minimum: tf.minimum, squaredDifference: tf.squaredDifference,
    pow: (a, b) => tf.pow(tf.add(tf.abs(a), 0.2), b), addN: (a, b) => (a.shape.join() === b.shape.join() ? tf.addN([a, b, a]) : tf.add(a, b)),
  };
  const shapes: [number[], number[]][] = [[[4], [4]], [[3, 4], [4]], [[3, 4], [3, 1]], [[2, 3, 4], [3, 1]], [[3, 1], [1, 4]], [[2, 3], []], [[1], [2, 1, 3]]];
  it.each(Object.entries(binary))('%s with broadcasting', async (name, f) => {
    // tfjs itself gives gradients of these only for equal shapes.
    const equalOnly = ['maximum', 'minimum', 'squaredDifference'].includes(name);
    for (const [a, b] of shapes) await agree({ inputs: pair(a, b), f: ({ a: l, b: r }) => f(l!, r!), ...(equalOnly && a.join() !== b.join() ? { gradients: [] } : {}) });
  });
  it.each(Object.entries(binary))('%s of turned and broadcast tensors', async (_name, f) => {
    await agree({ inputs: pair([2, 3, 4], [4, 2, 3]), f: ({ a: l, b: r }) => f(turned(l!), r!) });
    await agree({ inputs: pair([2, 3, 4], [3, 4, 2]), f: ({ a: l, b: r }) => f(turned(l!), tf.transpose(r!, [1, 2, 0])) });
    await agree({ inputs: pair([2, 3, 4], [2, 1]), f: ({ a: l, b: r }) => f(turned(l!), r!), gradients: [] });
  });

  const comparisons: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
    equal: tf.equal, notEqual: tf.notEqual, greater: tf.greater, greaterEqual: tf.greaterEqual, less: tf.less, lessEqual: tf.lessEqual,
    and: (a, b) => tf.logicalAnd(tf.greater(a, 1), tf.greater(b, 1)), or: (a, b) => tf.logicalOr(tf.greater(a, 1), tf.greater(b, 1)),
  };
  it.each(Object.entries(comparisons))('%s', async (_name, f) => {
    const inputs = { a: integers([4, 5], 3, 1), b: integers([5], 3, 2) };
    await agree({ inputs, f: ({ a, b }) => f(a!, b!) });
    await agree({ inputs, f: ({ a, b }) => tf.mul(tf.cast(f(a!, b!), 'float32'), 2.5) });
  });
  it('where', async () => {
    await agree({ inputs: { ...pair([3, 4], [3, 4]), c: integers([3, 4], 2, 7) }, f: ({ a, b, c }) => tf.where(tf.cast(c!, 'bool'), tf.square(a!), b!) });
  });
  it('multiplies by masks', async () => {
    await agree({ inputs: pair([3, 4], [4]), f: ({ a, b }) => tf.mul(tf.mul(tf.step(a!), a!), tf.mul(tf.step(b!), b!)) });
    await agree({ inputs: pair([3, 4], [4]), f: ({ a, b }) => tf.reshape(tf.mul(tf.step(a!), tf.step(b!)), [2, 6]), gradients: [] });
  });
  it('folds constants', async () => {
    await agree({ inputs: x(2, 3), f: ({ x: t }) => tf.add(tf.mul(tf.sub(t!, tf.zeros([3])), tf.ones([2, 3])), tf.div(tf.add(tf.scalar(1), tf.fill([2, 1], 0.25)), tf.scalar(3))) });
  });
});

describe('reductions', () => {
  const reductions: Record<string, (t: Tensor, axis?: number | number[], keep?: boolean) => Tensor> = { sum: tf.sum, mean: tf.mean, max: tf.max, min: tf.min };
  it.each(Object.entries(reductions))('%s', async (_name, f) => {
    for (const axis of [undefined, 0, -1, [0, 2], [1]]) {
      for (const keep of [false, true]) {
        await agree({ inputs: x(2, 3, 4), f: ({ x: t }) => f(t!, axis, keep) });
        await agree({ inputs: x(2, 3, 4), f: ({ x: t }) => f(turned(t!), axis, keep) });
        await agree({ inputs: x(3, 1), f: ({ x: t }) => f(tf.broadcastTo(t!, [2, 3, 4]), axis, keep) });
      }
    }
    await agree({ inputs: x(2, 3), f: ({ x: t }) => tf.add(t!, f(tf.fill([2, 3], 2), 1, true)) });
  });
  it('prod, any, all', async () => {
    await agree({ inputs: x(2, 3), f: ({ x: t }) => tf.prod(t!, 1), gradients: [] });
    const inputs = { x: integers([4, 2], 2, 3) };
    await agree({ inputs, f: ({ x: t }) => [tf.any(tf.cast(t!, 'bool'), 1), tf.all(tf.cast(t!, 'bool'), 1), tf.any(tf.cast(t!, 'bool'))] });
  });
  it('argMax, argMin', async () => {
    await agree({ inputs: x(4, 5), f: ({ x: t }) => [tf.argMax(t!, 1), tf.argMin(t!, 0), tf.argMax(tf.transpose(t!), -1)], gradients: [] });
  });
  it('softmax, logSoftmax, logSumExp, cumsum', async () => {
    for (const f of [tf.softmax, tf.logSoftmax, (t: Tensor) => tf.logSumExp(t, -1), (t: Tensor) => tf.cumsum(t, 1), (t: Tensor) => tf.cumsum(t, 1, true, true)]) await agree({ inputs: x(3, 6), f: ({ x: t }) => f(t!) });
    // tfjs's own gradient of cumsum is wrong along any but the last axis.
    await agree({ inputs: x(3, 6), f: ({ x: t }) => tf.cumsum(t!, 0), gradients: [] });
  });
  it('topk', async () => {
    await agree({ inputs: x(3, 9), f: ({ x: t }) => Object.values(tf.topk(t!, 4)), gradients: [] });
  });
  it('moments', async () => {
    await agree({ inputs: x(2, 3, 4), f: ({ x: t }) => Object.values(tf.moments(t!, [0, 2], true)) });
  });
});

describe('matMul', () => {
  it.each([[false, false], [true, false], [false, true], [true, true]])('transposeA %s, transposeB %s', async (ta, tb) => {
    const a = ta ? [3, 2] : [2, 3], b = tb ? [4, 3] : [3, 4];
    await agree({ inputs: pair(a, b), f: ({ a: l, b: r }) => tf.matMul(l!, r!, ta, tb) });
    await agree({ inputs: pair([a[1]!, a[0]!], [b[1]!, b[0]!]), f: ({ a: l, b: r }) => tf.matMul(tf.transpose(l!), tf.transpose(r!), ta, tb) });
    await agree({ inputs: pair([5, ...a], [5, ...b]), f: ({ a: l, b: r }) => tf.matMul(l!, r!, ta, tb) });
    await agree({ inputs: pair([5, a[1]!, a[0]!], [5, ...b]), f: ({ a: l, b: r }) => tf.matMul(tf.transpose(l!, [0, 2, 1]), r!, ta, tb) });
    await agree({ inputs: pair([1, ...a], [5, ...b]), f: ({ a: l, b: r }) => tf.matMul(l!, r!, ta, tb), gradients: [] });
  });
  it('multiplies broadcast operands', async () => {
    await agree({ inputs: pair([1, 3], [3, 4]), f: ({ a, b }) => tf.matMul(tf.broadcastTo(a!, [2, 3]) as Tensor2D, b! as Tensor2D) });
  });
});

describe('indexing', () => {
  const rows = { x: normal([6, 3], 1), i: integers([4], 6, 2) };
  it('gather', async () => {
    await agree({ inputs: rows, f: ({ x: t, i }) => tf.gather(t!, i as Tensor1D) });
    await agree({ inputs: { x: normal([3, 6], 1), i: integers([2, 2], 6, 2) }, f: ({ x: t, i }) => tf.gather(t!, i as Tensor2D, 1) });
    await agree({ inputs: rows, f: ({ x: t, i }) => tf.gather(turnedRows(t!), i as Tensor1D) });
  });
  const turnedRows = (t: Tensor) => tf.reshape(tf.transpose(t), [6, 3]);
  it('gatherND, scatterND, unsortedSegmentSum', async () => {
    await agree({ inputs: { x: normal([4, 3], 1), i: integers([5, 2], 3, 2) }, f: ({ x: t, i }) => tf.gatherND(t!, i!), gradients: [] });
    await agree({ inputs: { x: normal([5], 1), i: integers([5, 1], 4, 2) }, f: ({ x: t, i }) => tf.scatterND(i!, t!, [7]), gradients: [] });
    await agree({ inputs: { x: normal([5, 2], 1), i: integers([5], 4, 2) }, f: ({ x: t, i }) => tf.unsortedSegmentSum(t!, i as Tensor1D, 4) });
  });
  it('oneHot, range', async () => {
    await agree({ inputs: { i: integers([4], 5, 2) }, f: ({ i }) => [tf.oneHot(i!, 5), tf.oneHot(i!, 5, 0.9, 0.1, 'float32'), tf.add(tf.range(0, 4, 1, 'int32'), i!)] });
  });
});

describe('shapes', () => {
  const cases: Record<string, [number[], (t: Tensor) => Tensor | Tensor[]]> = {
    reshape: [[2, 3, 4], (t) => tf.reshape(t, [4, -1])],
    'reshape of a turned tensor': [[2, 3, 4], (t) => tf.reshape(turned(t), [8, 3])],
    'regrouped axes': [[2, 3, 4, 5], (t) => tf.mul(tf.reshape(tf.transpose(t, [0, 2, 3, 1]), [2, 20, 1, 3]), 2)],
    'split axes': [[2, 3, 8], (t) => tf.exp(tf.reshape(tf.transpose(t, [2, 0, 1]), [4, 1, 2, 2, 3]))],
    'axes of one': [[2, 1, 3], (t) => tf.squeeze(tf.expandDims(turned(t), 2))],
    'reshape of a broadcast': [[2, 1, 3], (t) => tf.exp(tf.reshape(tf.broadcastTo(t, [2, 4, 3]), [2, 1, 4, 3]))],
    'merge of a broadcast': [[2, 1, 3], (t) => tf.reshape(tf.broadcastTo(t, [2, 4, 3]), [8, 3])],
    transpose: [[2, 3, 4], (t) => tf.transpose(t)],
    'transpose twice': [[2, 3, 4], (t) => tf.transpose(turned(t), [1, 2, 0])],
    tile: [[2, 3], (t) => tf.tile(t, [2, 3])],
    'tile of one': [[2, 1], (t) => tf.tile(t, [1, 3])],
    broadcastTo: [[3], (t) => tf.broadcastTo(t, [2, 3])],
    slice: [[4, 5], (t) => tf.slice(t, [1, 2], [2, -1])],
    'slice of all': [[4, 5], (t) => tf.slice(t, 0, 4)],
    stridedSlice: [[5, 6], (t) => tf.stridedSlice(t, [0, 5], [5, 0], [2, -2])],
    reverse: [[3, 4], (t) => tf.reverse(t, 1)],
    concat: [[3, 4], (t) => tf.concat([t, tf.mul(t, 2), tf.zeros([3, 2])], 1)],
    'concat of turned': [[3, 4], (t) => tf.concat([tf.transpose(t), tf.ones([1, 3])], 0)],
    stack: [[3, 4], (t) => tf.stack([t, tf.exp(t)], 1)],
    split: [[4, 5], (t) => tf.split(t, [1, 3, 1], 1)],
    'split evenly': [[4, 5], (t) => tf.split(t, 2, 0)],
    unstack: [[2, 3], (t) => tf.unstack(t, 1)],
    pad: [[2, 3], (t) => tf.pad(t, [[1, 0], [0, 2]], 0.5)],
    clone: [[2, 3], (t) => tf.clone(t)],
  };
  const noGradient = ['stridedSlice'];
  it.each(Object.entries(cases))('%s', async (name, [shape, f]) => {
    await agree({ inputs: x(...shape), f: ({ x: t }) => f(t!), ...(noGradient.includes(name) ? { gradients: [] } : {}) });
  });
});

describe('images', () => {
  const convolutions: [string, number[], number[], number, 'same' | 'valid' | number][] = [
    ['3×3 same', [2, 6, 5, 3], [3, 3, 3, 4], 1, 'same'],
    ['3×3 valid', [2, 6, 5, 3], [3, 3, 3, 4], 1, 'valid'],
    ['3×3 stride 2 same', [2, 7, 6, 3], [3, 3, 3, 4], 2, 'same'],
    ['3×3 stride 2 pad 1', [2, 8, 8, 3], [3, 3, 3, 4], 2, 1],
    ['7×7 stride 2 pad 3', [1, 12, 12, 3], [7, 7, 3, 2], 2, 3],
    ['1×1', [2, 4, 4, 5], [1, 1, 5, 3], 1, 'valid'],
    ['1×1 stride 2', [2, 6, 6, 5], [1, 1, 5, 3], 2, 'valid'],
    ['stride 2 with unreached rows', [1, 8, 8, 2], [3, 3, 2, 2], 2, 'valid'],
    ['2×2 of one pixel', [3, 2, 2, 4], [2, 2, 4, 8], 1, 'valid'],
    ['3×3 with 16 and 32 channels', [2, 4, 4, 16], [3, 3, 16, 32], 1, 'same'],
    ['3×3 stride 2 with 16 and 32 channels', [2, 8, 8, 16], [3, 3, 16, 32], 2, 1],
    ['3×3 with 16 and 32 channels on larger maps', [2, 12, 12, 16], [3, 3, 16, 32], 1, 'same'],
    ['5×3 valid with 8 and 24 channels', [2, 14, 13, 8], [5, 3, 8, 24], 1, 'valid'],
    ['3×3 pad 2 with 24 and 8 channels', [1, 9, 10, 24], [3, 3, 24, 8], 1, 2],
    // With eight channels for each pixel of the output's edge: in fewer products.
    ['3×3 same with 40 and 48 channels on small maps', [2, 4, 5, 40], [3, 3, 40, 48], 1, 'same'],
    ['3×3 valid with 32 and 24 channels to 3 pixels', [3, 5, 4, 32], [3, 3, 32, 24], 1, 'valid'],
    ['3×3 pad 2 with 56 and 64 channels', [1, 4, 5, 56], [3, 3, 56, 64], 1, 2],
    ['3×3 same with 8 and 16 channels on one pixel', [2, 1, 1, 8], [3, 3, 8, 16], 1, 'same'],
    ['3×3 stride 2 pad 1 with 32 and 40 channels', [2, 8, 7, 32], [3, 3, 32, 40], 2, 1],
    ['3×3 stride 2 same with 24 and 32 channels', [2, 6, 5, 24], [3, 3, 24, 32], 2, 'same'],
    ['3×3 stride 2 valid with unreached rows and 32 channels', [2, 8, 6, 32], [3, 3, 32, 32], 2, 'valid'],
  ];
  it.each(convolutions)('conv2d %s', async (_name, image, filter, stride, pad) => {
    const inputs = { x: normal(image, 1), w: normal(filter, 2, 0.3) };
    await agree({ inputs, f: ({ x: t, w }) => tf.conv2d(t as Tensor4D, w as Tensor4D, stride, pad) }, 1e-5);
    const torch = { x: normal(image, 1), w: normal([filter[3]!, filter[2]!, filter[0]!, filter[1]!], 2, 0.3) };
    await agree({ inputs: torch, f: ({ x: t, w }) => tf.relu(tf.conv2d(tf.relu(t as Tensor4D), tf.transpose(w as Tensor4D, [2, 3, 1, 0]), stride, pad)) }, 1e-5);
  });
  it.each([
    ['3×3 same', [2, 5, 6, 4], [3, 3, 4, 1], 1, 'same'],
    ['7×7 same on less than its size', [1, 3, 4, 6], [7, 7, 6, 1], 1, 'same'],
    ['3×1 stride 2 valid', [2, 7, 5, 3], [3, 1, 3, 1], 2, 'valid'],
    ['two filters a channel', [1, 5, 5, 3], [3, 3, 3, 2], 1, 'same'],
  ] as [string, number[], number[], number, 'same' | 'valid'][])('depthwiseConv2d %s', async (_name, image, filter, stride, pad) => {
    // Its gradients are composed of other kernels: see `depthwise`.
    await agree({ inputs: { x: normal(image, 1), w: normal(filter, 2, 0.3) }, f: ({ x: t, w }) => tf.depthwiseConv2d(t as Tensor4D, w as Tensor4D, stride, pad), gradients: [] }, 1e-5);
  });
  it.each([[2, 2, 'valid'], [3, 2, 'same'], [3, 1, 'valid'], [3, 2, 1]] as const)('maxPool %i stride %i %s', async (size, stride, pad) => {
    await agree({ inputs: x(2, 6, 6, 3), f: ({ x: t }) => tf.maxPool(t as Tensor4D, size, stride, pad) });
    await agree({ inputs: x(2, 6, 6, 3), f: ({ x: t }) => tf.maxPool(tf.relu(tf.sub(t as Tensor4D, 0.1)), size, stride, pad) });
  });
  it('avgPool', async () => {
    for (const [size, stride] of [[2, 2], [3, 2], [6, 1]] as const) await agree({ inputs: x(2, 6, 6, 3), f: ({ x: t }) => tf.avgPool(t as Tensor4D, size, stride, 'valid') });
  });
  it('normalises over a turned layout without turning it back', async () => {
    const f = ({ x: t, w }: Readonly<Record<string, Tensor>>) => {
      const y = tf.conv2d(t as Tensor4D, w as Tensor4D, 1, 'same');
      const { mean, variance } = tf.moments(y, [1, 2], true);
      return tf.mean(tf.relu(tf.mul(tf.sub(y, mean), tf.rsqrt(tf.add(variance, 1e-5)))), [1, 2]);
    };
    await agree({ inputs: { x: normal([2, 5, 5, 3], 1), w: normal([3, 3, 3, 4], 2) }, f });
  });
});

it('leaves no mapped kernel untested', () => {
  expect(Object.keys(kernels).filter((name) => !seen.has(name))).toEqual([]);
});


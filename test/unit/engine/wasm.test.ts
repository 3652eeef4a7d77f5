import nodeModule from 'node:module';
import '@tensorflow/tfjs-backend-cpu';
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { topKMean } from '../../../src/engine/ops.js';
import { tf } from '../../../src/engine/tfjs.js';
import { createWasmEngine } from '../../../src/engine/wasm/index.js';
import { Random } from '../../../src/shared/random.js';

const random = new Random(7);
const draw = (...shape: number[]) => ({ shape, values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.between(-1, 1)) });
type Drawn = ReturnType<typeof draw>;

/** Every op that the models and their gradients are made of, as functions of float32 tensors. */
const cases: Record<string, { inputs: Drawn[]; compute: (...x: Tensor[]) => Tensor }> = {
  'product a·b': { inputs: [draw(7, 5), draw(5, 3)], compute: (a, b) => tf.matMul(a, b) },
  'product aᵀ·b': { inputs: [draw(5, 7), draw(5, 3)], compute: (a, b) => tf.matMul(a, b, true) },
  'product a·bᵀ': { inputs: [draw(7, 5), draw(3, 5)], compute: (a, b) => tf.matMul(a, b, false, true) },
  'product aᵀ·bᵀ': { inputs: [draw(5, 7), draw(3, 5)], compute: (a, b) => tf.matMul(a, b, true, true) },
  'product of batches, transposed': { inputs: [draw(4, 5, 7), draw(4, 3, 5)], compute: (a, b) => tf.matMul(a, b, true, true) },
  'product of one row': { inputs: [draw(1, 6), draw(9, 6)], compute: (a, b) => tf.matMul(a, b, false, true) },
  'fused product': { inputs: [draw(5, 7), draw(3, 5), draw(3)], compute: (a, b, bias) => tf.fused.matMul({ a: a as Tensor2D, b: b as Tensor2D, transposeA: true, transposeB: true, bias, activation: 'relu' }) },
  'gather of rows': { inputs: [draw(9, 4)], compute: (x) => tf.gather(x, tf.tensor1d([3, 1, 3], 'int32')) },
  'sum, mean, max of axes': { inputs: [draw(3, 4, 5)], compute: (x) => tf.addN([tf.sum(x, [0, 2]), tf.mean(x, [0, 2]), tf.max(x, [0, 2])]) },
  'mean of the top': { inputs: [draw(30)], compute: (x) => topKMean(x as Tensor1D, 10) },
  'mean of the top of a small bag': { inputs: [draw(4)], compute: (x) => topKMean(x as Tensor1D, 10) },
  'softmax': { inputs: [draw(2, 9)], compute: (x) => tf.softmax(x) },
  'log-sum-exp': { inputs: [draw(4, 9)], compute: (x) => tf.logSumExp(x, 1, true) },
  'activations': { inputs: [draw(40)], compute: (x) => tf.addN([tf.relu(x), tf.tanh(x), tf.sigmoid(x), tf.softplus(x), tf.exp(x), tf.abs(x)]) },
  'roots and logarithms': { inputs: [draw(40)], compute: (x) => tf.addN([tf.sqrt(tf.add(tf.square(x), 1)), tf.rsqrt(tf.add(tf.square(x), 1)), tf.log(tf.add(tf.square(x), 1)), tf.pow(tf.add(tf.square(x), 1), 1.5)]) },
  'broadcasts': { inputs: [draw(6, 5), draw(5), draw(6, 1)], compute: (a, b, c) => tf.div(tf.sub(tf.mul(a, b), c), tf.add(tf.square(b), 1)) },
  'masks': { inputs: [draw(6, 6)], compute: (x) => tf.where(tf.equal(tf.range(0, 6, 1, 'int32'), tf.expandDims(tf.range(0, 6, 1, 'int32'), 1)), tf.zerosLike(x), tf.square(x)) },
  'normalised rows': { inputs: [draw(6, 5)], compute: (x) => tf.div(x, tf.norm(x, 'euclidean', 1, true)) },
  'concat, slice, tile, transpose, reverse': { inputs: [draw(4, 3), draw(2, 3)], compute: (a, b) => tf.tile(tf.transpose(tf.reverse(tf.slice(tf.concat([a, b]), [1, 0], [4, 2]), 0)), [2, 1]) },
  'convolution, padded by 1': { inputs: [draw(2, 7, 6, 3), draw(3, 3, 3, 4)], compute: (x, f) => tf.conv2d(x as Tensor4D, f as Tensor4D, 1, 1) },
  'convolution, same': { inputs: [draw(2, 6, 6, 3), draw(3, 3, 3, 4)], compute: (x, f) => tf.conv2d(x as Tensor4D, f as Tensor4D, 1, 'same') },
  'convolution, stride 2': { inputs: [draw(2, 8, 8, 3), draw(3, 3, 3, 4)], compute: (x, f) => tf.conv2d(x as Tensor4D, f as Tensor4D, 2, 1) },
  'convolution, stride 2 of an odd size': { inputs: [draw(2, 7, 9, 3), draw(3, 3, 3, 4)], compute: (x, f) => tf.conv2d(x as Tensor4D, f as Tensor4D, 2, 1) },
  'convolution, stride 2 that leaves a border unread': { inputs: [draw(2, 8, 8, 3), draw(3, 3, 3, 4)], compute: (x, f) => tf.conv2d(x as Tensor4D, f as Tensor4D, 2, 'valid') },
  'convolution 7×7, stride 2': { inputs: [draw(1, 16, 16, 3), draw(7, 7, 3, 4)], compute: (x, f) => tf.conv2d(x as Tensor4D, f as Tensor4D, 2, 3) },
  'convolution 1×1, stride 2': { inputs: [draw(2, 8, 8, 3), draw(1, 1, 3, 4)], compute: (x, f) => tf.conv2d(x as Tensor4D, f as Tensor4D, 2, 0) },
  'convolution 1×1, stride 2 of an odd size': { inputs: [draw(2, 7, 7, 3), draw(1, 1, 3, 4)], compute: (x, f) => tf.conv2d(x as Tensor4D, f as Tensor4D, 2, 0) },
  'maximum of 2×2': { inputs: [draw(2, 6, 6, 3)], compute: (x) => tf.maxPool(x as Tensor4D, 2, 2, 'valid') },
  'maximum of 3×3, stride 2, padded by 1': { inputs: [draw(2, 8, 8, 3)], compute: (x) => tf.maxPool(x as Tensor4D, 3, 2, 1) },
  'mean of a map': { inputs: [draw(2, 6, 6, 3)], compute: (x) => tf.mean(x, [1, 2]) },
  'moments of a map': { inputs: [draw(2, 6, 6, 3)], compute: (x) => tf.addN([tf.moments(x, [1, 2], true).mean, tf.moments(x, [1, 2], true).variance]) },
};

/** The value of a case and the gradient of a weighted sum of it, on the current backend. */
async function evaluate({ inputs, compute }: (typeof cases)[string]): Promise<Float32Array[]> {
  const tensors = inputs.map(({ values, shape }) => tf.tensor(values.slice(), shape));
  const value = compute(...tensors);
  // Unequal weights, so that a gradient that is turned or flipped is not the same one.
  const weighted = (...x: Tensor[]) => {
    const y = compute(...x);
    return tf.sum(tf.mul(y, tf.reshape(tf.sin(tf.range(1, y.size + 1)), y.shape))) as Scalar;
  };
  const gradients = tf.grads(weighted)(tensors);
  return Promise.all([value, ...gradients].map(async (tensor) => Float32Array.from(await tensor.data())));
}

let engine: Engine;
beforeAll(async () => {
  engine = await createWasmEngine({ threads: 2 });
});
afterAll(() => engine.dispose());

describe('kernels of the wasm engine against tfjs-cpu', () => {
  it.each(Object.keys(cases))('%s', async (name) => {
    await tf.setBackend('cpu');
    const expected = await evaluate(cases[name]!);
    await tf.setBackend('wasm');
    const actual = await evaluate(cases[name]!);
    expect(actual.length).toBe(expected.length);
    for (const [i, values] of expected.entries()) {
      const scale = Math.max(...values.map(Math.abs), 1);
      const worst = Math.max(...values.map((v, j) => Math.abs(v - actual[i]![j]!)));
      expect(worst / scale, i === 0 ? 'value' : `gradient of input ${i - 1}`).toBeLessThan(1e-5);
      expect(actual[i]!.length).toBe(values.length);
    }
  });
});

describe('the wasm engine', () => {
  it('says what runs', () => {
    expect(engine.info).toMatchObject({ kind: 'wasm', threads: 2, device: 'cpu' });
    expect(engine.info.version).toMatch(/^\d+\.\d+/);
  });

  it('leaves the errors of the process to the process', () => {
    const strays = process.listeners('unhandledRejection').filter((listener) => String(listener).includes('throw reason'));
    expect(strays).toEqual([]);
  });

  it('frees what its kernels make along the way', async () => {
    await tf.setBackend('wasm');
    const before = tf.engine().backend.numDataIds();
    tf.tidy(() => {
      const x = tf.ones<tf.Rank.R4>([1, 8, 8, 2]);
      tf.grads((a: Tensor, f: Tensor) => tf.sum(tf.conv2d(a as Tensor4D, f as Tensor4D, 2, 1)) as Scalar)([x, tf.ones([3, 3, 2, 2])]);
      tf.matMul(tf.ones([3, 2]), tf.ones([3, 2]), true);
      tf.grad((a: Tensor) => tf.sum(tf.gather(a, tf.tensor1d([0], 'int32'))) as Scalar)(tf.ones([3, 2]));
    });
    expect(tf.engine().backend.numDataIds()).toBe(before);
  });

  it('gives the same bits on one thread twice, and starts again after it was disposed of', async () => {
    const once = async () => {
      const single = await createWasmEngine({ threads: 1, reason: 'a test' });
      expect(single.info).toMatchObject({ threads: 1, reason: 'a test' });
      const program = single.compile({ name: 'product', inputs: { x: { shape: ['n', 8] } }, body: ({ inputs }) => ({ y: tf.matMul(inputs['x']!, inputs['x']!, true) }) });
      const { y } = await program.run({ x: { shape: [64, 8], data: Float32Array.from({ length: 512 }, (_, i) => Math.sin(i)) } });
      single.dispose();
      return y!.data;
    };
    engine.dispose();
    const first = await once();
    expect(await once()).toEqual(first);
    engine = await createWasmEngine({ threads: 2 });
    expect(engine.info.threads).toBe(2);
  });

  it('runs on one thread where several do not start, and says so', async () => {
    engine.dispose();
    const lost = vi.spyOn(nodeModule, 'createRequire').mockImplementation(() => {
      throw new Error('the worker is not there');
    });
    engine = await createWasmEngine({ threads: 2, reason: 'asked for' });
    lost.mockRestore();
    expect(engine.info).toMatchObject({ threads: 1, reason: 'asked for; on one thread, because WebAssembly threads do not start here' });
  });
});

import '@tensorflow/tfjs-backend-cpu';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { detach, gatherRow, topKMean } from '../../../src/engine/ops.js';
import { tf } from '../../../src/engine/tfjs.js';

beforeAll(() => tf.setBackend('cpu'));

describe('detach', () => {
  it('stops the gradient and nothing else', () => {
    const gradient = tf.grad((x) => tf.sum(tf.mul(x, detach(x))))(tf.tensor1d([2, 3]));
    expect([...gradient.dataSync()]).toEqual([2, 3]);
  });
  it('lets values choose a row', () => {
    const rows = tf.tensor2d([[1, 2], [5, 6], [3, 4]]);
    const gradient = tf.grad((x) => tf.sum(gatherRow(x as Tensor2D, tf.argMax(detach(tf.sum(x, 1))))))(rows);
    expect([...gradient.dataSync()]).toEqual([0, 0, 1, 1, 0, 0]);
  });
});

describe('topKMean', () => {
  const scores = tf.tidy(() => tf.tensor1d([0.5, -3, 2, 1, -1]));
  it.each([[2, 1.5, [0, 0, 0.5, 0.5, 0]], [5, -0.1, [0.2, 0.2, 0.2, 0.2, 0.2]], [9, -0.1, [0.2, 0.2, 0.2, 0.2, 0.2]]] as const)('averages the %i largest', (k, mean, slopes) => {
    const { value, grad } = tf.valueAndGrad((x) => topKMean(x as Tensor1D, k))(scores);
    expect(value.dataSync()[0]).toBeCloseTo(mean, 6);
    grad.dataSync().forEach((slope, i) => expect(slope).toBeCloseTo(slopes[i]!, 6));
  });
});

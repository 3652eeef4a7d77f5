import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import type { Engine, ParameterValues } from '../../../../src/engine/contract.js';
import { tf } from '../../../../src/engine/tfjs.js';
import type { TrainingStepSpec } from '../../../../src/engine/training-step.js';
import { bothEngines, expectSameTraining, normal } from './reference.js';

let engines: { onnx: Engine; cpu: Engine };
beforeAll(async () => void (engines = await bothEngines()));

/** A convolution with torch's filter (out, in, H, W), as every encoder of ours calls it. */
const conv = (x: Tensor, w: Tensor, stride: number, pad: 'same' | 'valid' | number) => tf.conv2d(x as Tensor4D, tf.transpose(w as Tensor4D, [2, 3, 1, 0]), stride, pad);

function instanceNorm(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const { mean, variance } = tf.moments(x, [1, 2], true);
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), weight), bias);
}

/** Supervised contrast of two views, all pairs (Khosla et al. 2020, equation 2; temperature .5). */
function contrast(projections: Tensor2D, labels: Tensor): Tensor {
  const n = projections.shape[0];
  const z = tf.div(projections, tf.sqrt(tf.add(tf.sum(tf.square(projections), 1, true), 1e-12))) as Tensor2D;
  const self = tf.oneHot(tf.range(0, n, 1, 'int32'), n, 1, 0, 'float32');
  const similarity = tf.sub(tf.div(tf.matMul(z, z, false, true), 0.5), tf.mul(self, 1e9));
  const logProbability = tf.sub(similarity, tf.logSumExp(similarity, 1, true));
  const positives = tf.sub(tf.cast(tf.equal(tf.expandDims(labels, 1), tf.expandDims(labels, 0)), 'float32'), self);
  return tf.neg(tf.mean(tf.div(tf.sum(tf.mul(logProbability, positives), 1), tf.sum(positives, 1))));
}

const batch = 4, size = 10;

function network(parameters: ParameterValues, features: (x: Tensor, p: Readonly<Record<string, Tensor>>) => Tensor, optimizer: TrainingStepSpec['optimizer']): TrainingStepSpec {
  return {
    name: 'network',
    inputs: { views: { shape: ['n', size, size, 3] }, labels: { shape: ['n'], dtype: 'int32' } },
    parameters,
    optimizer,
    loss: ({ inputs, parameters: p }) => ({ total: contrast(tf.matMul(features(inputs['views']!, p) as Tensor2D, p['head']! as Tensor2D, false, true), inputs['labels']!) }),
  };
}

const batches = [0, 1, 2].map((i) => ({ views: normal([batch, size, size, 3], 100 + i), labels: { shape: [batch], data: Int32Array.from({ length: batch }, (_, k) => k % 2) } }));
const ones = (n: number) => ({ shape: [n], data: new Float32Array(n).fill(1) });
const zeros = (n: number) => ({ shape: [n], data: new Float32Array(n) });

describe('networks with images, trained by contrast', () => {
  it('plain: convolutions, instance norm, max pools', async () => {
    const parameters = { c1: normal([8, 3, 3, 3], 1, 0.3), w1: ones(8), b1: zeros(8), c2: normal([12, 8, 3, 3], 2, 0.2), w2: ones(12), b2: zeros(12), head: normal([5, 12], 3, 0.3) };
    const features = (x: Tensor, p: Readonly<Record<string, Tensor>>) => {
      const first = tf.maxPool(tf.relu(instanceNorm(conv(x, p['c1']!, 1, 'same'), p['w1']!, p['b1']!)) as Tensor4D, 2, 2, 'valid');
      const second = tf.maxPool(tf.relu(instanceNorm(conv(first, p['c2']!, 1, 'valid'), p['w2']!, p['b2']!)) as Tensor4D, 3, 2, 'same');
      return tf.mean(second, [1, 2]);
    };
    await expectSameTraining(engines, network(parameters, features, { kind: 'adam', weightDecay: 1e-4 }), batches, 3e-5, 1e-3);
  });
  it('residual: strides, 1×1 shortcuts, blocks of 16 and 32 channels', async () => {
    const parameters = {
      stem: normal([16, 3, 3, 3], 1, 0.3), a: normal([32, 16, 3, 3], 2, 0.1), b: normal([32, 32, 3, 3], 3, 0.1), short: normal([32, 16, 1, 1], 4, 0.2),
      w: ones(32), bias: zeros(32), head: normal([5, 32], 5, 0.3),
    };
    const features = (x: Tensor, p: Readonly<Record<string, Tensor>>) => {
      const stem = tf.relu(conv(x, p['stem']!, 1, 1));
      const inner = tf.relu(instanceNorm(conv(stem, p['a']!, 2, 1), p['w']!, p['bias']!));
      const sum = tf.add(instanceNorm(conv(inner, p['b']!, 1, 1), p['w']!, p['bias']!), conv(stem, p['short']!, 2, 'valid'));
      return tf.mean(tf.relu(sum), [1, 2]);
    };
    await expectSameTraining(engines, network(parameters, features, { kind: 'sgd', momentum: 0.9 }), batches, 3e-5, 0.02);
  });
});

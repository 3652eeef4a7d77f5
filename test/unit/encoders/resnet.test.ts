import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Engine, ParameterValues } from '../../../src/engine/contract.js';
import { writeSafetensors } from '../../../src/engine/safetensors.js';
import { tf } from '../../../src/engine/tfjs.js';
import { createEncoder } from '../../../src/encoders/index.js';
import { initialValues } from '../../../src/encoders/initial.js';
import { architecture, backboneShapes } from '../../../src/encoders/resnet/architecture.js';
import { resnetFeatures } from '../../../src/encoders/resnet/forward.js';
import { instanceNorm } from '../../../src/encoders/resnet/instance-norm.js';
import { Random } from '../../../src/shared/random.js';
import { cpuEngine, experiment, stripes, tinyResnet } from './support.js';

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await cpuEngine();
  folder = mkdtempSync(path.join(tmpdir(), 'resnet-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tensors = (values: ParameterValues) => Object.fromEntries(Object.entries(values).map(([name, { shape, data }]) => [name, tf.tensor(data, shape.slice())]));
const { augmentations, finetune } = experiment();
const create = (patchSize: number, weights?: string, warn: (message: string) => void = () => undefined) =>
  createEncoder({ ...tinyResnet(), ...(weights && { weights }) } as ReturnType<typeof tinyResnet>, { engine, baseFolder: folder, patchSize, augmentations, finetune, random: new Random(1), warn });

describe('the architecture', () => {
  it('has torchvision\'s names and shapes', () => {
    const shapes = backboneShapes(architecture({ depth: 18, width: 1, projection: 256 }, 224));
    // Of torchvision.models.resnet18: 60 parameters without fc, 11,176,512 values.
    expect(Object.keys(shapes)).toHaveLength(60);
    expect(Object.values(shapes).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(11_176_512);
    expect(shapes['conv1.weight']).toEqual([64, 3, 7, 7]);
    expect(shapes['layer2.0.downsample.0.weight']).toEqual([128, 64, 1, 1]);
    expect(shapes['layer4.1.bn2.bias']).toEqual([512]);
    expect(shapes['layer1.0.downsample.0.weight']).toBeUndefined();
  });

  it.each([
    [10, 0.125, 64],
    [18, 0.125, 64],
    [10, 0.25, 128],
  ] as const)('ResNet-%i of width %f makes %i features', (depth, width, features) => {
    const shape = architecture({ depth, width, projection: 8 }, 32);
    const output = tf.tidy(() => resnetFeatures(tf.randomNormal([2, 32, 32, 3], 0, 1, 'float32', 1) as Tensor4D, shape, tensors(initialValues(backboneShapes(shape), new Random(1)))));
    expect(output.shape).toEqual([2, features]);
    expect(Array.from(output.dataSync()).every(Number.isFinite)).toBe(true);
    expect(shape.featureSize).toBe(features);
  });

  it.each([8, 16, 32, 64, 128, 224])('ends in maps of at least 4 pixels an edge at %i px, with the same weights', (size) => {
    const { stem, pooled, blocks } = architecture({ depth: 18, width: 0.125, projection: 8 }, size);
    const halvings = [stem.stride === 2, pooled, ...blocks.map(({ stride }) => stride === 2)].filter(Boolean).length;
    expect(halvings).toBe(Math.min(5, Math.floor(Math.log2(size / 4))));
    expect(backboneShapes(architecture({ depth: 18, width: 0.125, projection: 8 }, size))).toEqual(backboneShapes(architecture({ depth: 18, width: 0.125, projection: 8 }, 224)));
  });

  it('pools where it is told to', () => {
    const shape = architecture({ depth: 10, width: 0.125, projection: 8 }, 128);
    const output = tf.tidy(() => resnetFeatures(tf.randomNormal([1, 64, 64, 3], 0, 1, 'float32', 1) as Tensor4D, shape, tensors(initialValues(backboneShapes(shape), new Random(1)))));
    expect(output.shape).toEqual([1, 64]);
    expect(shape.pooled).toBe(true);
  });

  it('draws each tensor from its own stream', () => {
    const small = initialValues(backboneShapes(architecture({ depth: 10, width: 0.125, projection: 8 }, 32)), new Random(7));
    const large = initialValues(backboneShapes(architecture({ depth: 18, width: 0.125, projection: 8 }, 32)), new Random(7));
    expect(large['layer1.0.conv1.weight'].data).toEqual(small['layer1.0.conv1.weight'].data);
    const spread = Math.sqrt(small['layer4.0.conv2.weight'].data.reduce((sum, value) => sum + value * value, 0) / small['layer4.0.conv2.weight'].data.length);
    expect(spread).toBeCloseTo(Math.sqrt(2 / (64 * 9)), 2);
  });
});

describe('instance norm', () => {
  const plain = (x: Tensor4D, weight: Tensor1D, bias: Tensor1D) => {
    const centred = tf.sub(x, tf.mean(x, [1, 2], true));
    const variance = tf.mean(tf.square(centred), [1, 2], true);
    return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, 1e-5))), weight), bias);
  };

  it('equals its definition, forward and backward', () => {
    const x = tf.randomNormal([2, 3, 5, 4], 1, 2, 'float32', 3) as Tensor4D;
    const weight = tf.tensor1d([1, 0.5, -2, 3]);
    const bias = tf.tensor1d([0, 1, -1, 0.3]);
    const seen = tf.randomNormal([2, 3, 5, 4], 0, 1, 'float32', 4);
    const through = (norm: typeof plain) => tf.valueAndGrads((a, w, b) => tf.sum(tf.mul(norm(a as Tensor4D, w as Tensor1D, b as Tensor1D), seen)))([x, weight, bias]);
    const [ours, theirs] = [through(instanceNorm as typeof plain), through(plain)];
    expect(ours.value.dataSync()[0]).toBeCloseTo(theirs.value.dataSync()[0], 3);
    ours.grads.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(theirs.grads[i].shape);
      expect(tf.max(tf.abs(tf.sub(gradient, theirs.grads[i]))).dataSync()[0]).toBeLessThan(1e-4);
    });
  });
});

describe('the gradient of the whole network', () => {
  it('agrees with finite differences', () => {
    const shape = architecture({ depth: 10, width: 0.125, projection: 8 }, 8);
    const values = initialValues(backboneShapes(shape), new Random(2));
    const input = tf.randomNormal([2, 8, 8, 3], 0, 1, 'float32', 5) as Tensor4D;
    const seen = tf.randomNormal([2, 64], 0, 1, 'float32', 6);
    const parameters = tensors(values);
    const loss = (changed: typeof parameters) => tf.sum(tf.mul(resnetFeatures(input, shape, changed), seen));
    for (const name of ['layer4.0.conv2.weight', 'layer3.0.downsample.0.weight', 'layer2.0.bn1.weight', 'conv1.weight']) {
      const gradient = tf.grad((w) => loss({ ...parameters, [name]: w }) as ReturnType<typeof tf.scalar>)(parameters[name]);
      // Along the gradient itself, where the change is largest against rounding.
      const length = tf.norm(gradient).dataSync()[0];
      const step = 2e-3 / length;
      const at = (sign: number) => tf.tidy(() => loss({ ...parameters, [name]: tf.add(parameters[name], tf.mul(gradient, sign * step)) }).dataSync()[0]);
      expect((at(1) - at(-1)) / (2 * step) / length ** 2).toBeCloseTo(1, 1);
    }
  });
});

describe('a ResNet encoder', () => {
  it('embeds each patch by itself, whatever stands beside it', async () => {
    const encoder = await create(16);
    const { all } = stripes(3, 16);
    if (encoder.input !== 'pixels') throw new Error('takes pixels');
    const together = await encoder.embed({ pixels: Uint8Array.from(all.flatMap((patch) => Array.from(patch))), count: 3, size: 16 });
    const alone = await encoder.embed({ pixels: all[1], count: 1, size: 16 });
    expect(together).toHaveLength(3 * encoder.featureSize);
    expect(alone).toEqual(together.slice(encoder.featureSize, 2 * encoder.featureSize));
    encoder.dispose();
  });

  it('carries its weights through a safetensors file', async () => {
    const encoder = await create(16);
    await writeSafetensors(path.join(folder, 'own.safetensors'), encoder.learner!.state().weights);
    const { weights } = encoder.learner!.state();
    const other = await create(16, 'own.safetensors');
    expect(other.learner!.state().weights['layer3.0.conv1.weight']).toEqual(weights['layer3.0.conv1.weight']);
    expect(other.fingerprint()).toBe(encoder.fingerprint());
  });

  it('starts from given weights instead of pre-training', async () => {
    const encoder = await create(16, 'own.safetensors');
    const before = encoder.fingerprint();
    await encoder.learner!.prepare(stripes(4, 16), { random: new Random(1), scratch: folder });
    expect(encoder.fingerprint()).toBe(before);
  });

  it('takes a file of torchvision: leaves out statistics and classifier, and says so', async () => {
    const { weights } = (await create(16)).learner!.state();
    const backbone = Object.fromEntries(Object.entries(weights).filter(([name]) => !name.startsWith('projection.')));
    const file = path.join(folder, 'torchvision.safetensors');
    await writeSafetensors(file, { ...backbone, 'bn1.running_mean': { shape: [8], data: new Float32Array(8) }, 'bn1.num_batches_tracked': { shape: [2], data: new Float32Array(2) }, 'fc.weight': { shape: [2, 64], data: new Float32Array(128) } });
    // The counter of batch norm is an int64.
    const bytes = readFileSync(file);
    bytes.write(bytes.toString('latin1').replace(/("bn1.num_batches_tracked":\{"dtype":)"F32","shape":\[2\]/, '$1"I64","shape":[1]'), 'latin1');
    writeFileSync(file, bytes);
    const warnings: string[] = [];
    const encoder = await create(16, 'torchvision.safetensors', (message) => warnings.push(message));
    expect(warnings).toEqual([expect.stringContaining('batch norm')]);
    expect(encoder.learner!.state().weights['conv1.weight']).toEqual(weights['conv1.weight']);
  });

  it.each([
    ['another shape', { 'layer1.0.conv1.weight': { shape: [64, 64, 3, 3], data: new Float32Array(64 * 64 * 9) } }, /layer1\.0\.conv1\.weight.*\[64, 64, 3, 3\].*\[8, 8, 3, 3\]/],
    ['a layer too many', { 'layer1.1.conv1.weight': { shape: [8, 8, 3, 3], data: new Float32Array(8 * 8 * 9) } }, /no place for tensor "layer1\.1\.conv1\.weight"/],
  ])('refuses a file with %s by name', async (_, change, message) => {
    const { weights } = (await create(16)).learner!.state();
    await writeSafetensors(path.join(folder, 'bad.safetensors'), { ...weights, ...change });
    await expect(create(16, 'bad.safetensors')).rejects.toMatchObject({ code: 'weights-invalid', message: expect.stringMatching(message), remedy: expect.stringContaining('depth') });
  });

  it('refuses a file that lacks a layer, and a file that is not there', async () => {
    const { 'layer2.0.bn1.bias': _, ...rest } = (await create(16)).learner!.state().weights;
    await writeSafetensors(path.join(folder, 'short.safetensors'), rest);
    await expect(create(16, 'short.safetensors')).rejects.toMatchObject({ code: 'weights-invalid', message: expect.stringContaining('layer2.0.bn1.bias') });
    await expect(create(16, 'absent.safetensors')).rejects.toMatchObject({ code: 'weights-invalid' });
  });
});

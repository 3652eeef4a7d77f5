import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOnnxEncoder } from '../../../src/encoders/onnx/encoder.js';
import { Resizer } from '../../../src/encoders/onnx/resize.js';
import { normalisations, normaliseInto, normalisePlanesInto } from '../../../src/encoders/normalisation.js';
import { featureSizeOf, readSignature } from '../../../src/encoders/onnx/signature.js';
import type { ModelPort } from '../../../src/engine/onnx/index.js';
import type { OnnxEncoderOptions } from '../../../src/shared/experiment/index.js';
import { stripes } from './support.js';

const mobilenet = path.resolve('../shared/data/encoders/mobilenet_v2_0.35_224.onnx');
const file = 'encoder.onnx';
const port = (shape: ModelPort['shape'], name = 'input', type = 'float32'): ModelPort => ({ name, type, shape });
const features = [port(['N', 512], 'features')];
const nchw = { inputSize: 224, layout: 'nchw', batch: 16 } as const;

describe('the signature of a file', () => {
  it('is its one input and its one output of features', () => {
    expect(readSignature({ inputs: [port(['N', 3, 224, 224])], outputs: features }, file, nchw)).toEqual({ input: 'input', output: 'features', batch: 16 });
    expect(readSignature({ inputs: [port(['N', 3, 'H', 'W'])], outputs: [port(['N', 197, 768], 'tokens'), port(['N', 768], 'pooled')] }, file, nchw).output).toBe('pooled');
  });

  it('keeps to the batch of the file where it is fixed', () => {
    expect(readSignature({ inputs: [port([1, 3, 224, 224])], outputs: features }, file, nchw).batch).toBe(1);
  });

  it.each([
    ['several inputs', { inputs: [port(['N', 3, 224, 224]), port(['N', 77], 'tokens')] }, /2 inputs.*"tokens" \[N, 77\]/, /image encoder alone/],
    ['no batch axis', { inputs: [port([3, 224, 224])] }, /"input" \[3, 224, 224\]/, /batch axis/],
    ['the other layout', { inputs: [port(['N', 224, 224, 3])] }, /not nchw/, /"nhwc"/],
    ['the other layout, sizes unknown', { inputs: [port(['N', 'H', 'W', 3])] }, /not nchw/, /"nhwc"/],
    ['one channel', { inputs: [port(['N', 1, 224, 224])] }, /1 channels/, /RGB/],
    ['another size', { inputs: [port(['N', 3, 96, 96])] }, /not images of 224 px/, /"inputSize" of the encoder to 96/],
    ['another type', { inputs: [port(['N', 3, 224, 224], 'input', 'float16')] }, /float16/, /float32/],
    ['unclear outputs', { outputs: [port(['N', 512], 'a'), port(['N', 512], 'b')] }, /"a".*"b"/, /one output/],
  ])('refuses %s', (_, change, message, remedy) => {
    const model = { inputs: [port(['N', 3, 224, 224])], outputs: features, ...change };
    expect(() => readSignature(model, file, nchw)).toThrow(expect.objectContaining({ code: 'encoder-invalid', what: expect.stringMatching(message), remedy: expect.stringMatching(remedy) }));
  });

  it.each([
    [[16, 1280, 7, 7], /average pooling/],
    [[16, 197, 768], /class token/],
    [[1, 512], /\(N, D\)/],
  ])('refuses an output %j', (shape, remedy) => {
    expect(() => featureSizeOf(shape, 16, file)).toThrow(expect.objectContaining({ code: 'encoder-invalid', remedy: expect.stringMatching(remedy) }));
    expect(featureSizeOf([16, 512], 16, file)).toBe(512);
  });
});

describe('resizing', () => {
  const resize = (from: number, to: number, value: (row: number, column: number, channel: number) => number) => {
    const pixels = Uint8Array.from({ length: 3 * from * from }, (_, i) => value(Math.floor(i / 3 / from), Math.floor(i / 3) % from, i % 3));
    const target = new Float32Array(3 * to * to);
    new Resizer(from, to).resize(pixels, 0, target);
    return target;
  };

  it('leaves an image of the right size as it is', () => {
    const image = resize(5, 5, (row, column, channel) => 10 * row + column + 100 * channel);
    expect(image[3 * (2 * 5 + 4) + 1]).toBeCloseTo(124, 4);
  });

  it('enlarges bilinearly about pixel centres', () => {
    const image = resize(2, 4, (_, column) => 100 * column);
    expect([0, 1, 2, 3].map((column) => image[3 * column])).toEqual([0, 25, 75, 100].map((value) => expect.closeTo(value, 3)));
  });

  it('shrinks without aliasing', () => {
    const image = resize(64, 8, (_, column) => (column % 2 ? 200 : 0));
    expect(Math.max(...image)).toBeLessThan(115);
    expect(Math.min(...image)).toBeGreaterThan(85);
  });
});

describe('normalisation', () => {
  const pixels = Uint8Array.of(0, 128, 255, 255, 0, 128);

  it.each([
    ['0to1', 0, 1, 0.50196],
    ['minus1to1', -1, 1, 0.00392],
  ] as const)('%s maps 0 to %f and 255 to %f', (kind, low, high, middle) => {
    const target = new Float32Array(8).fill(7);
    normaliseInto(pixels, normalisations[kind], target, 1);
    expect(Array.from(target)).toEqual([7, low, middle, high, high, low, middle, 7].map((value) => expect.closeTo(value, 4)));
  });

  it('imagenet is that of torchvision, a channel each', () => {
    const target = new Float32Array(6);
    normaliseInto(pixels, normalisations.imagenet, target, 0);
    expect(target[0]).toBeCloseTo(-0.485 / 0.229, 4);
    expect(target[2]).toBeCloseTo((1 - 0.406) / 0.225, 4);
  });

  it('lays planes one after the other', () => {
    const target = new Float32Array(6);
    normalisePlanesInto(pixels, normalisations['0to1'], target, 0);
    expect(Array.from(target)).toEqual([0, 1, 0.50196, 0, 1, 0.50196].map((value) => expect.closeTo(value, 4)));
  });
});

describe('files that are no encoder', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'onnx-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const options = { kind: 'onnx', inputSize: 224, layout: 'nchw', normalisation: 'imagenet', batch: 4 } as const;

  it('are refused by name', async () => {
    const garbage = path.join(folder, 'garbage.onnx');
    writeFileSync(garbage, 'not a model');
    for (const bad of [garbage, path.join(folder, 'absent.onnx')]) {
      await expect(openOnnxEncoder(options, { file: bad, patchSize: 64, threads: 1 })).rejects.toMatchObject({ code: 'encoder-invalid', place: { file: bad } });
    }
  });
});

describe.skipIf(!existsSync(mobilenet))('MobileNet V2', () => {
  const options: Omit<OnnxEncoderOptions, 'file' | 'adapter'> = { kind: 'onnx', inputSize: 224, layout: 'nhwc', normalisation: 'minus1to1', batch: 4 };
  const setting = { file: mobilenet, patchSize: 64, threads: 1 };
  const patches = stripes(3, 64);
  const pixels = Uint8Array.from(patches.all.flatMap((patch) => Array.from(patch)));

  it('gives 1280 features a patch, the same alone and in company', async () => {
    const encoder = await openOnnxEncoder(options, setting);
    expect(encoder.featureSize).toBe(1280);
    const together = await encoder.embed({ pixels, count: 3, size: 64 });
    const alone = await encoder.embed({ pixels: patches.all[1], count: 1, size: 64 });
    expect(together).toHaveLength(3 * 1280);
    const largest = alone.reduce((most, value, i) => Math.max(most, Math.abs(value - together[1280 + i])), 0);
    expect(largest).toBeLessThan(1e-4);
    expect(new Set(together).size).toBeGreaterThan(500);
    encoder.dispose();
  });

  it('has a fingerprint that follows file and preprocessing', async () => {
    const prints = await Promise.all([options, options, { ...options, normalisation: '0to1' as const }].map(async (given) => (await openOnnxEncoder(given, setting)).fingerprint()));
    expect(prints[0]).toBe(prints[1]);
    expect(prints[2]).not.toBe(prints[0]);
  });

  it('refuses the wrong layout with the right one', async () => {
    await expect(openOnnxEncoder({ ...options, layout: 'nchw' }, setting)).rejects.toMatchObject({ code: 'encoder-invalid', remedy: expect.stringContaining('"nhwc"') });
  });
});

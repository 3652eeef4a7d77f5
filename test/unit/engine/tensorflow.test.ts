import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor, Tensor4D, Scalar } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTensorflowEngine } from '../../../src/engine/tensorflow/index.js';
import { tf } from '../../../src/engine/tfjs.js';

const here = createRequire(import.meta.url);

/**
 * A stand-in for @tensorflow/tfjs-node: the CPU backend under the name `tensorflow`, as strict
 * about padding as the real one, calling the functions of `util` that the real one calls.
 */
function fakePackage(name: string, gpu: boolean): string {
  return `
    const tf = require(${JSON.stringify(here.resolve('@tensorflow/tfjs-core'))});
    const { MathBackendCPU } = require(${JSON.stringify(here.resolve('@tensorflow/tfjs-backend-cpu'))});
    if (require('util').isNullOrUndefined(1) || !require('util').isArray([])) throw new Error('no such utility');
    for (const kernel of tf.getKernelsForBackend('cpu')) {
      const strict = /^(Conv2D|MaxPool)/.test(kernel.kernelName);
      tf.registerKernel({ ...kernel, backendName: 'tensorflow', kernelFunc: (call) => {
        if (strict && typeof call.attrs.pad !== 'string' && call.attrs.pad !== 0) throw new Error("TF Backend supports only 'valid' and 'same' padding");
        return kernel.kernelFunc(call);
      } });
    }
    tf.registerBackend('tensorflow', () => Object.assign(new MathBackendCPU(), { isUsingGpuDevice: ${gpu}, binding: { TF_Version: '2.9.1' } }), 3);
    tf.setBackend('tensorflow');
    exports.version = { 'tfjs-node': '4.22.0', name: ${JSON.stringify(name)} };
  `;
}

let folder: string;
function install(name: string, source: string): void {
  const at = join(folder, 'node_modules', name);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version: '4.22.0', main: 'index.js' }));
  writeFileSync(join(at, 'index.js'), source);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hardmine-tensorflow-'));
  vi.stubEnv('MIL_TENSORFLOW_PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const open = (options: { gpu?: boolean } = {}) => createTensorflowEngine({ threads: 3, reason: 'a test', ...options });

describe('the tensorflow engine', () => {
  it('says what to do where it is not installed', () => {
    expect(() => open()).toThrowError(expect.objectContaining({ code: 'engine-unavailable', what: expect.stringContaining('@tensorflow/tfjs-node-gpu is not installed; @tensorflow/tfjs-node is not installed'), remedy: expect.stringContaining('npm install') }));
  });

  it('says why where it is installed and does not load', () => {
    install('@tensorflow/tfjs-node-gpu', `throw new Error('libcudart.so.11.0: cannot open shared object file\\nlong story')`);
    expect(() => open()).toThrowError(/tfjs-node-gpu is installed but does not load \(libcudart\.so\.11\.0: cannot open shared object file\)/);
  });

  it('says so where the package gives no backend', () => {
    install('@tensorflow/tfjs-node', `exports.version = {}`);
    expect(() => open()).toThrowError(/gave tfjs no backend/);
  });

  it('computes with the package, which registers with our tfjs though it brings its own', async () => {
    install('@tensorflow/tfjs-node', fakePackage('@tensorflow/tfjs-node', false));
    expect(() => open({ gpu: true })).toThrowError(/finds no GPU/);
    const engine = open();
    expect(engine.info).toEqual({ kind: 'tensorflow', version: '4.22.0 (libtensorflow 2.9.1)', threads: 3, device: 'cpu', reason: 'a test' });
    expect(process.env['TF_NUM_INTRAOP_THREADS']).toBe('3');
    expect(tf.getBackend()).toBe('tensorflow');
    const program = engine.compile({ name: 'double', inputs: { x: { shape: ['n'] } }, body: ({ inputs }) => ({ y: tf.mul(inputs['x']!, 2) }) });
    const { y } = await program.run({ x: { shape: [2], data: Float32Array.of(1, 2) } });
    expect([...y!.data]).toEqual([2, 4]);
  });

  it('pads by given amounts, which the package refuses: convolutions, pools and their gradients', async () => {
    const x = tf.tensor4d(Array.from({ length: 1 * 7 * 6 * 2 }, (_, i) => Math.sin(i)), [1, 7, 6, 2]);
    const filter = tf.tensor4d(Array.from({ length: 3 * 3 * 2 * 3 }, (_, i) => Math.cos(i)), [3, 3, 2, 3]);
    const network = (a: Tensor, f: Tensor) => tf.sum(tf.square(tf.maxPool(tf.conv2d(a as Tensor4D, f as Tensor4D, 2, 1), 3, 2, 1))) as Scalar;
    const results = async () => Promise.all([network(x, filter), ...tf.grads(network)([x, filter])].map(async (tensor) => [...(await tensor.data())]));
    await tf.setBackend('cpu');
    const expected = await results();
    await tf.setBackend('tensorflow');
    const actual = await results();
    for (const [i, values] of expected.entries()) for (const [j, value] of values.entries()) expect(actual[i]![j]).toBeCloseTo(value, 4);
  });
});

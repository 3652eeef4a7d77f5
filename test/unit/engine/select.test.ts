import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { describeEngine, openEngine } from '../../../src/engine/select.js';
import { tf } from '../../../src/engine/tfjs.js';

let engine: Engine | undefined;
afterEach(() => {
  engine?.dispose();
  engine = undefined;
});

describe('openEngine', () => {
  it.each(['onnx', 'wasm'] as const)('opens %s when it is asked for', async (kind) => {
    engine = await openEngine({ kind, threads: 1 });
    expect(engine.info).toMatchObject({ kind, threads: 1 });
    expect(engine.info.reason).toContain('asked for');
    const program = engine.compile({ name: 'square', inputs: { x: { shape: ['n'] } }, body: ({ inputs }) => ({ y: tf.square(inputs['x']!) }) });
    const { y } = await program.run({ x: { shape: [3], data: Float32Array.of(1, 2, 3) } });
    expect([...y!.data]).toEqual([1, 4, 9]);
    program.dispose();
  });

  it('fails with what to do when the engine that is asked for does not load', async () => {
    await expect(openEngine({ kind: 'tensorflow', threads: 1 })).rejects.toMatchObject({ code: 'engine-unavailable', remedy: expect.stringContaining('npm install') });
  });

  it('picks the fastest that loads, with every core, and says what it passed over', async () => {
    engine = await openEngine({ kind: 'auto', threads: 0 });
    expect(engine.info.kind).toBe('onnx');
    expect(engine.info.threads).toBe(availableParallelism());
    expect(engine.info.reason).toContain('the fastest that loads here');
    expect(engine.info.reason).toContain('@tensorflow/tfjs-node-gpu is not installed');
  });
});

describe('describeEngine', () => {
  it('is one line', () => {
    expect(describeEngine({ kind: 'wasm', version: '4.22.0', threads: 1, device: 'cpu', reason: 'asked for' })).toBe('wasm 4.22.0, cpu, 1 thread: asked for');
  });
});

import '@tensorflow/tfjs-backend-cpu';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { Engine, HostTensor, InputSpec, ParameterValues, ProgramSpec } from '../../../../src/engine/contract.js';
import { createEagerEngine } from '../../../../src/engine/eager.js';
import { createOnnxEngine } from '../../../../src/engine/onnx/index.js';
import { tf } from '../../../../src/engine/tfjs.js';
import { trainingStep, type TrainingStepSpec } from '../../../../src/engine/training-step.js';
import { Random } from '../../../../src/shared/random.js';

/** The engine under test and the one it is measured against. */
export async function bothEngines(): Promise<{ onnx: Engine; cpu: Engine }> {
  await tf.setBackend('cpu');
  return {
    onnx: await createOnnxEngine({ threads: 2, reason: 'tests' }),
    cpu: createEagerEngine({ kind: 'cpu', version: '', threads: 1, device: 'cpu', reason: 'tests' }),
  };
}

export function normal(shape: readonly number[], seed: number, scale = 1): { shape: readonly number[]; data: Float32Array } {
  const random = new Random(seed);
  return { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()) };
}

export function integers(shape: readonly number[], below: number, seed: number): HostTensor {
  const random = new Random(seed);
  return { shape, data: Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.integer(below)) };
}

/** |a − b| ≤ tolerance · (1 + |b|), element by element. */
export function expectClose(actual: HostTensor, expected: HostTensor, tolerance: number, what: string): void {
  expect([...actual.shape], what).toEqual([...expected.shape]);
  expect(actual.data instanceof Float32Array, what).toBe(expected.data instanceof Float32Array);
  let worst = 0;
  expected.data.forEach((value, i) => {
    const difference = Object.is(value, actual.data[i]) ? 0 : Math.abs(actual.data[i]! - value) / (1 + Math.abs(value));
    worst = Math.max(worst, Number.isNaN(difference) ? Infinity : difference);
  });
  expect(worst, what).toBeLessThanOrEqual(tolerance);
}

export interface Case {
  readonly inputs: Readonly<Record<string, HostTensor>>;
  readonly f: (inputs: Readonly<Record<string, Tensor>>) => Tensor | Tensor[];
  /** Inputs to differentiate by; all float inputs unless said. */
  readonly gradients?: readonly string[];
}

/** f and the gradient of Σ f·probe, as one program. The probe makes every element count differently. */
export function differentiated({ inputs, f, gradients }: Case): ProgramSpec {
  const names = gradients ?? Object.keys(inputs).filter((name) => inputs[name]!.data instanceof Float32Array);
  return {
    name: 'case',
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, { data, shape }]): [string, InputSpec] => [name, { shape, dtype: data instanceof Float32Array ? 'float32' : 'int32' }])),
    body(scope) {
      const values = [f(scope.inputs)].flat();
      const outputs: Record<string, Tensor> = Object.fromEntries(values.map((value, i) => [`value${i}`, value.dtype === 'bool' ? tf.cast(value, 'int32') : value]));
      if (names.length) {
        const probed = (...tensors: Tensor[]): Scalar => {
          const results = [f({ ...scope.inputs, ...Object.fromEntries(names.map((name, i) => [name, tensors[i]!])) })].flat();
          return tf.addN(results.map((result) => tf.sum(tf.mul(result, tf.cos(tf.reshape(tf.cast(tf.range(0, result.size), 'float32'), result.shape)))))) as Scalar;
        };
        tf.grads(probed)(names.map((name) => scope.inputs[name]!)).forEach((gradient, i) => (outputs[`gradient of ${names[i]}`] = gradient));
      }
      return outputs;
    },
  };
}

/** Runs a program once on both engines and compares every output. */
export async function expectAgreement({ onnx, cpu }: { onnx: Engine; cpu: Engine }, spec: ProgramSpec, inputs: Readonly<Record<string, HostTensor>>, tolerance = 2e-6): Promise<void> {
  const traced = onnx.compile(spec);
  const actual = await traced.run(inputs);
  const expected = await cpu.compile(spec).run(inputs);
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) expectClose(actual[name]!, value, tolerance, name);
  traced.dispose();
}

/** Trains on both engines and compares losses of every step, and the weights after the last. */
export async function expectSameTraining(engines: { onnx: Engine; cpu: Engine }, spec: TrainingStepSpec, batches: readonly Readonly<Record<string, HostTensor>>[], tolerance: number, rate = 1e-3): Promise<ParameterValues> {
  const traced = trainingStep(engines.onnx, spec);
  const eager = trainingStep(engines.cpu, spec);
  for (const [i, batch] of batches.entries()) {
    const actual = await traced.run(batch, rate);
    const expected = await eager.run(batch, rate);
    for (const [name, value] of Object.entries(expected)) expect(Math.abs(actual[name]! - value), `${name} of step ${i + 1}`).toBeLessThanOrEqual(tolerance * (1 + Math.abs(value)));
  }
  const weights = traced.store.read();
  for (const [name, value] of Object.entries(eager.store.read())) expectClose(weights[name]!, value, tolerance * 10, name);
  traced.dispose();
  eager.dispose();
  return weights;
}

import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../engine/contract.js';
import { tf } from '../../engine/tfjs.js';
import type { Random } from '../../shared/random.js';
import type { Parameters } from './contract.js';

/** x·Wᵀ + b for x [N, in] and torch's `name.weight` (out, in), `name.bias` (out). */
export function linear(x: Tensor2D, parameters: Parameters, name: string): Tensor2D {
  return tf.add(project(x, parameters, name), parameters[`${name}.bias`]!);
}

/** x·Wᵀ for x [N, in] and torch's `name.weight` (out, in). */
export function project(x: Tensor2D, parameters: Parameters, name: string): Tensor2D {
  return tf.matMul(x, parameters[`${name}.weight`] as Tensor2D, false, true);
}

/** Parameters of a Linear as torch draws them: U(−1/√in, 1/√in) for weight and bias. */
export function drawLinear(random: Random, name: string, inputs: number, outputs: number, weightShape: readonly number[] = [outputs, inputs]): ParameterValues {
  return { ...drawWeight(random, name, inputs, weightShape), ...drawUniform(random, `${name}.bias`, inputs, [outputs]) };
}

/** The weight of a Linear or a convolution without bias as torch draws it; `inputs` numbers go into each output. */
export function drawWeight(random: Random, name: string, inputs: number, shape: readonly number[]): ParameterValues {
  return drawUniform(random, `${name}.weight`, inputs, shape);
}

function drawUniform(random: Random, name: string, inputs: number, shape: readonly number[]): ParameterValues {
  const bound = 1 / Math.sqrt(inputs);
  return { [name]: { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.between(-bound, bound)) } };
}

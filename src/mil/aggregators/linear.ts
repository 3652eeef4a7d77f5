import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../engine/contract.js';
import { tf } from '../../engine/tfjs.js';
import type { Random } from '../../shared/random.js';
import type { Parameters } from './contract.js';

/** x·Wᵀ + b for x [N, in] and torch's `name.weight` (out, in), `name.bias` (out). */
export function linear(x: Tensor2D, parameters: Parameters, name: string): Tensor2D {
  return tf.add(tf.matMul(x, parameters[`${name}.weight`] as Tensor2D, false, true), parameters[`${name}.bias`]!);
}

/** Parameters of a Linear as torch draws them: U(−1/√in, 1/√in) for weight and bias. */
export function drawLinear(random: Random, name: string, inputs: number, outputs: number, weightShape: readonly number[] = [outputs, inputs]): ParameterValues {
  const bound = 1 / Math.sqrt(inputs);
  const draw = (count: number) => Float32Array.from({ length: count }, () => random.between(-bound, bound));
  return {
    [`${name}.weight`]: { shape: weightShape, data: draw(inputs * outputs) },
    [`${name}.bias`]: { shape: [outputs], data: draw(outputs) },
  };
}

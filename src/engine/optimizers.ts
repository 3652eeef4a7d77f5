import type { NamedTensorMap, Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { ParameterValues } from './contract.js';
import { tf } from './tfjs.js';

/** Which optimiser, with torch's semantics: weight decay is L2, added to the gradient. */
export type OptimizerSpec =
  | { readonly kind: 'adam'; readonly weightDecay?: number; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number }
  | { readonly kind: 'sgd'; readonly weightDecay?: number; readonly momentum?: number };

/** One update as tensor operations; what depends on the step comes in as scalars. */
export interface Optimizer {
  /** Zero moments for these parameters, in torch's names (`NAME.exp_avg` …) and the parameters' layouts. */
  moments(parameters: ParameterValues): ParameterValues;
  /** The scalars of step `step` (counted from 1), computed in float64 as torch does. */
  rates(step: number, learningRate: number): Record<string, number>;
  /** Assigns new values to the parameters that have a gradient, and to their moments. */
  apply(gradients: NamedTensorMap, parameters: Readonly<Record<string, Variable>>, moments: Readonly<Record<string, Variable>>, rates: Readonly<Record<string, Tensor>>): void;
}

export function createOptimizer(spec: OptimizerSpec): Optimizer {
  return spec.kind === 'adam' ? adam(spec) : sgd(spec);
}

/** Adam (Kingma and Ba 2015, algorithm 1), ε outside the square root of the corrected second moment. */
function adam({ weightDecay = 0, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: Extract<OptimizerSpec, { kind: 'adam' }>): Optimizer {
  return {
    moments: (parameters) => zeros(parameters, ['exp_avg', 'exp_avg_sq']),
    rates: (step, learningRate) => ({ stepSize: learningRate / (1 - beta1 ** step), correction: Math.sqrt(1 - beta2 ** step) }),
    apply(gradients, parameters, moments, { stepSize, correction }) {
      // p − s·m/(√v/c + ε) = p − m·(s·c)/(√v + c·ε): the scalars meet each other before they meet the tensors.
      const scale = tf.mul(stepSize!, correction!);
      const guard = tf.mul(correction!, epsilon);
      for (const [name, parameter] of Object.entries(parameters)) {
        const gradient = decayed(gradients[name], parameter, weightDecay);
        if (!gradient) continue;
        const first = moments[`${name}.exp_avg`]!;
        const second = moments[`${name}.exp_avg_sq`]!;
        const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
        const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
        first.assign(m);
        second.assign(v);
        parameter.assign(tf.sub(parameter, tf.mul(scale, tf.div(m, tf.add(tf.sqrt(v), guard)))));
      }
    },
  };
}

/** Gradient descent with momentum as torch has it: b ← μ·b + g, p ← p − lr·b. */
function sgd({ weightDecay = 0, momentum = 0 }: Extract<OptimizerSpec, { kind: 'sgd' }>): Optimizer {
  return {
    moments: (parameters) => (momentum ? zeros(parameters, ['momentum_buffer']) : {}),
    rates: (_step, learningRate) => ({ learningRate }),
    apply(gradients, parameters, moments, { learningRate }) {
      for (const [name, parameter] of Object.entries(parameters)) {
        let direction = decayed(gradients[name], parameter, weightDecay);
        if (!direction) continue;
        const buffer = moments[`${name}.momentum_buffer`];
        if (buffer) {
          direction = tf.add(tf.mul(buffer, momentum), direction);
          buffer.assign(direction);
        }
        parameter.assign(tf.sub(parameter, tf.mul(direction, learningRate as Scalar)));
      }
    },
  };
}

function decayed(gradient: Tensor | null | undefined, parameter: Variable, weightDecay: number): Tensor | undefined {
  if (!gradient) return undefined;
  return weightDecay ? tf.add(gradient, tf.mul(parameter, weightDecay)) : gradient;
}

function zeros(parameters: ParameterValues, suffixes: readonly string[]): ParameterValues {
  const moments: ParameterValues = {};
  for (const [name, { shape, data }] of Object.entries(parameters)) {
    for (const suffix of suffixes) moments[`${name}.${suffix}`] = { shape, data: new Float32Array(data.length) };
  }
  return moments;
}

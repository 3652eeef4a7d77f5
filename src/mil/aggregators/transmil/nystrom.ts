import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../../engine/contract.js';
import { depthwise } from '../../../engine/depthwise.js';
import { tf } from '../../../engine/tfjs.js';
import type { Random } from '../../../shared/random.js';
import type { Parameters } from '../contract.js';
import { drawLinear, drawWeight, linear, project } from '../linear.js';

export const heads = 8;
/** Of the approximate inverse; six, as the paper of Nyströmformer has it. */
const iterations = 6;
/** Positions the convolution of the values spans. */
const span = 33;

export interface Attended {
  /** [P, D] */
  readonly output: Tensor2D;
  /** What the token at `classAt` takes from each position, mean over heads [P]. An approximation: it may fall below zero. */
  ofClass(classAt: Tensor1D): Tensor1D;
}

/**
 * Nyström attention (Xiong et al., AAAI 2021) with a depthwise convolution of the values
 * beside it, as TransMIL uses it, with the parameter names of its reference: with landmarks q̃, k̃, the means over
 * groups of positions, out = softmax(q·k̃ᵀ)·softmax(q̃·k̃ᵀ)⁺·softmax(q̃·kᵀ)·v + conv(v). The three
 * matrices are multiplied from the right: the same numbers with a quarter of the products.
 *
 * @param x [P, D], zero where a position holds nothing; P = landmarks · group. Such positions are keys all the same, as in the reference.
 */
export function nystromAttention(x: Tensor2D, parameters: Parameters, name: string, landmarks: number): Attended {
  const size = x.shape[1];
  const width = size / heads;
  const [q, k, v] = (tf.split(project(x, parameters, `${name}.to_qkv`), 3, 1) as Tensor2D[]).map((part) => tf.transpose(tf.reshape(part, [-1, heads, width]), [1, 0, 2]) as Tensor3D) as [Tensor3D, Tensor3D, Tensor3D];
  const landmarksOf = (tokens: Tensor3D) => tf.mean(tf.reshape(tokens, [heads, landmarks, -1, width]), 2) as Tensor3D;
  const queries = tf.div(q, Math.sqrt(width)) as Tensor3D;
  const [ofQueries, ofKeys] = [landmarksOf(queries), landmarksOf(k)];

  const toLandmarks = attend(queries, ofKeys);
  const inverse = pseudoInverse(attend(ofQueries, ofKeys));
  const fromLandmarks = attend(ofQueries, k);
  const mixed = tf.matMul(toLandmarks, tf.matMul(inverse, tf.matMul(fromLandmarks, v)));
  const joined = tf.reshape(tf.transpose(tf.add(mixed, convolved(v, parameters, name)), [1, 0, 2]), [-1, size]) as Tensor2D;
  return {
    output: linear(joined, parameters, `${name}.to_out.0`),
    ofClass: (classAt) => tf.reshape(tf.mean(tf.matMul(tf.matMul(tf.gather(toLandmarks, classAt, 1), inverse), fromLandmarks), 0), [-1]) as Tensor1D,
  };
}

export function drawNystrom(random: Random, name: string, size: number): ParameterValues {
  return {
    ...drawWeight(random, `${name}.to_qkv`, size, [3 * size, size]),
    ...drawLinear(random, `${name}.to_out.0`, size, size),
    ...drawWeight(random, `${name}.res_conv`, span, [heads, 1, span, 1]),
  };
}

/** softmax(a·bᵀ) [heads, A, B]. */
function attend(a: Tensor3D, b: Tensor3D): Tensor3D {
  return tf.softmax(tf.matMul(a, b, false, true));
}

/** Each head's values [heads, P, d], convolved along the positions. */
function convolved(v: Tensor3D, parameters: Parameters, name: string): Tensor3D {
  const maps = tf.expandDims(tf.transpose(v, [1, 2, 0]), 0) as Tensor4D;
  const filter = tf.transpose(parameters[`${name}.res_conv.weight`] as Tensor4D, [2, 3, 0, 1]);
  return tf.transpose(tf.squeeze(depthwise(maps, filter), [0]), [2, 0, 1]) as Tensor3D;
}

/**
 * The Moore–Penrose inverse of each matrix of a [heads, m, m], by the iteration of Razavi et al.
 * 2014 (in Xiong et al.): Z ← ¼·Z·(13I − AZ·(15I − AZ·(7I − AZ))) from Z = Aᵀ/(‖A‖₁·‖A‖∞), the norms
 * taken over all heads as in the reference. The rows of a softmax sum to one, so ‖A‖∞ is one.
 */
function pseudoInverse(a: Tensor3D): Tensor3D {
  const identity = tf.eye(a.shape[1]);
  let z = tf.div(tf.transpose(a, [0, 2, 1]), tf.max(tf.sum(a, 1))) as Tensor3D;
  for (let i = 0; i < iterations; i++) {
    const az = tf.matMul(a, z);
    const less = (factor: number, x: Tensor) => tf.sub(tf.mul(identity, factor), x) as Tensor3D;
    z = tf.mul(tf.matMul(z, less(13, tf.matMul(az, less(15, tf.matMul(az, less(7, az)))))), 0.25);
  }
  return z;
}

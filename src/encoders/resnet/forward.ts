import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import type { Architecture, Block } from './architecture.js';
import { instanceNorm } from './instance-norm.js';

type Parameters = Readonly<Record<string, Tensor>>;

/** Features [N, featureSize] of normalised patches [N, size, size, 3]; parameters by torchvision's names in torch's layouts. */
export function resnetFeatures(patches: Tensor4D, { stem, pooled, blocks }: Architecture, parameters: Parameters): Tensor2D {
  let map = tf.relu(norm(convolve(patches, 'conv1', stem.stride, parameters), 'bn1', parameters));
  if (pooled) map = tf.maxPool(map, 3, 2, 1);
  for (const block of blocks) map = basicBlock(map, block, parameters);
  return tf.mean(map, [1, 2]);
}

function basicBlock(x: Tensor4D, { name, stride, projected }: Block, parameters: Parameters): Tensor4D {
  const inner = tf.relu(norm(convolve(x, `${name}.conv1`, stride, parameters), `${name}.bn1`, parameters));
  const residual = norm(convolve(inner, `${name}.conv2`, 1, parameters), `${name}.bn2`, parameters);
  const shortcut = projected ? norm(convolve(x, `${name}.downsample.0`, stride, parameters), `${name}.downsample.1`, parameters) : x;
  return tf.relu(tf.add(residual, shortcut));
}

/** torch's padding of half the kernel on every side, whatever the stride. */
function convolve(x: Tensor4D, name: string, stride: number, parameters: Parameters): Tensor4D {
  const weight = parameters[`${name}.weight`] as Tensor4D;
  return tf.conv2d(x, tf.transpose(weight, [2, 3, 1, 0]), stride, Math.floor(weight.shape[2] / 2));
}

function norm(x: Tensor4D, name: string, parameters: Parameters): Tensor4D {
  return instanceNorm(x, parameters[`${name}.weight`] as Tensor1D, parameters[`${name}.bias`] as Tensor1D);
}

import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../engine/tfjs.js';
import { linear } from '../mil/aggregators/linear.js';

/** Names and shapes of the projection head: a hidden layer as wide as the features, as in SimCLR. */
export function projectionShapes(featureSize: number, size: number): Record<string, readonly number[]> {
  return {
    'projection.0.weight': [featureSize, featureSize],
    'projection.0.bias': [featureSize],
    'projection.2.weight': [size, featureSize],
    'projection.2.bias': [size],
  };
}

/** Linear–ReLU–Linear and rows of length one, [N, featureSize] → [N, size]: what contrastive losses see and nothing else does. */
export function project(features: Tensor2D, parameters: Readonly<Record<string, Tensor>>): Tensor2D {
  const projected = linear(tf.relu(linear(features, parameters, 'projection.0')), parameters, 'projection.2');
  const length = tf.sqrt(tf.add(tf.sum(tf.square(projected), 1, true), 1e-12));
  return tf.div(projected, length);
}

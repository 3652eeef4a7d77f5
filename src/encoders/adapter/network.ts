import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import type { ParameterValues } from '../../engine/contract.js';
import { linear } from '../../mil/aggregators/linear.js';
import type { Random } from '../../shared/random.js';
import { initialValues } from '../initial.js';
import { projectionShapes } from '../projection.js';

/** torch's epsilon. */
const epsilon = 1e-5;

/** Initial weights of the adapter and its projection head. `fc2` is zero: the adapter begins as the identity. */
export function adapterWeights(featureSize: number, hidden: number, projection: number, random: Random): ParameterValues {
  const weights = initialValues(
    {
      'norm.weight': [featureSize],
      'norm.bias': [featureSize],
      'fc1.weight': [hidden, featureSize],
      'fc1.bias': [hidden],
      'fc2.weight': [featureSize, hidden],
      'fc2.bias': [featureSize],
      ...projectionShapes(featureSize, projection),
    },
    random,
  );
  weights['fc2.weight'].data.fill(0);
  weights['fc2.bias'].data.fill(0);
  return weights;
}

/** Residual adapter (Houlsby et al. 2019): z = h + W₂·relu(W₁·LN(h)), h and z [N, featureSize]. */
export function adapt(h: Tensor2D, parameters: Readonly<Record<string, Tensor>>): Tensor2D {
  return tf.add(h, linear(tf.relu(linear(layerNorm(h, parameters), parameters, 'fc1')), parameters, 'fc2'));
}

/** Layer norm (Ba et al. 2016) of each row. */
function layerNorm(h: Tensor2D, parameters: Readonly<Record<string, Tensor>>): Tensor2D {
  const centred = tf.sub(h, tf.mean(h, 1, true));
  const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon));
  return tf.add(tf.mul(tf.div(centred, deviation), parameters['norm.weight']), parameters['norm.bias']);
}

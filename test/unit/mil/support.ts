import '@tensorflow/tfjs-backend-cpu';
import { createEagerEngine } from '../../../src/engine/eager.js';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Extras } from '../../../src/mil/aggregators/index.js';
import type { Engine, HostTensor } from '../../../src/engine/contract.js';
import { tf } from '../../../src/engine/tfjs.js';
import { aggregatorSchema, lossSchema } from '../../../src/shared/experiment/model.js';
import type { AggregatorOptions, LossOptions } from '../../../src/shared/experiment/index.js';
import { Random } from '../../../src/shared/random.js';

/** The reference engine. */
export async function cpuEngine(): Promise<Engine> {
  await tf.setBackend('cpu');
  return createEagerEngine({ kind: 'cpu', version: tf.version_core, threads: 1, device: 'cpu', reason: 'test' });
}

export const kinds = aggregatorSchema.shape.kind.unwrap().options;

export const aggregatorOptions = (options: Partial<AggregatorOptions> = {}): AggregatorOptions => aggregatorSchema.parse({ attention: 6, hidden: 8, pooling: { highest: 3 }, clam: { clusterSize: 3 }, dtfd: { pseudoBags: 3 }, acmil: { branches: 3, maskFrom: 4 }, ...options });
export const lossOptions = (options: Partial<LossOptions> = {}): LossOptions => lossSchema.parse(options);

/** The extras of a bag of N instances as tensors. */
export function extrasFor({ draw }: Extras, instances: number, seed = 1): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(draw(instances, new Random(seed))).map(([name, { data, shape }]) => [name, tf.tensor(data, shape.slice(), data instanceof Int32Array ? 'int32' : 'float32')]));
}

/** A bag of normal features; `shift` is added to the first feature of the first instance. */
export function drawBag(instances: number, featureSize: number, seed: number, shift = 0): HostTensor {
  const random = new Random(seed);
  const data = Float32Array.from({ length: instances * featureSize }, () => random.normal());
  data[0] += shift;
  return { data, shape: [instances, featureSize] };
}

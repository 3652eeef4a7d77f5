import '@tensorflow/tfjs-backend-cpu';
import { createEagerEngine } from '../../../src/engine/eager.js';
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

export const kinds = ['dsmil', 'abmil', 'gated-abmil', 'max', 'mean'] as const;

export const aggregatorOptions = (options: Partial<AggregatorOptions> = {}): AggregatorOptions => aggregatorSchema.parse({ attention: 6, hidden: 7, ...options });
export const lossOptions = (options: Partial<LossOptions> = {}): LossOptions => lossSchema.parse(options);

/** A bag of normal features; `shift` is added to the first feature of the first instance. */
export function drawBag(instances: number, featureSize: number, seed: number, shift = 0): HostTensor {
  const random = new Random(seed);
  const data = Float32Array.from({ length: instances * featureSize }, () => random.normal());
  data[0] += shift;
  return { data, shape: [instances, featureSize] };
}

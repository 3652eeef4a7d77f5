import type { HostTensor } from '../engine/contract.js';
import type { Random } from '../shared/random.js';

/** An inverted-dropout mask [instances, width]: 0 with probability `rate`, else 1/(1 − rate). */
export function drawDropoutMask(instances: number, dropout: { readonly rate: number; readonly width: number }, random: Random): HostTensor {
  const kept = 1 / (1 - dropout.rate);
  const data = new Float32Array(instances * dropout.width);
  for (let i = 0; i < data.length; i++) data[i] = random.uniform() < dropout.rate ? 0 : kept;
  return { data, shape: [instances, dropout.width] };
}

import type { Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import { noExtras, type Extras, type Parameters } from './contract.js';

const name = 'dropout';

/** Inverted-dropout masks [N, width] for training: 0 with probability `rate`, else 1/(1 − rate). */
export function dropoutExtras(rate: number, width: number): Extras {
  if (rate === 0) return noExtras;
  const kept = 1 / (1 - rate);
  return {
    inputs: { [name]: { shape: ['instances', width] } },
    draw(instances, random) {
      const data = new Float32Array(instances * width);
      for (let i = 0; i < data.length; i++) data[i] = random.uniform() < rate ? 0 : kept;
      return { [name]: { data, shape: [instances, width] } };
    },
  };
}

/** Drops out where the extras hold a mask. x: [N, width]. */
export function dropOut(x: Tensor2D, extras: Parameters): Tensor2D {
  const mask = extras[name];
  return mask ? tf.mul(x, mask) : x;
}

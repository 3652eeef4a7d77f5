import '@tensorflow/tfjs-backend-cpu';
import type { Engine } from '../../../src/engine/contract.js';
import { createEagerEngine } from '../../../src/engine/eager.js';
import { createOnnxEngine } from '../../../src/engine/onnx/index.js';
import { tf } from '../../../src/engine/tfjs.js';
import type { PatchSource } from '../../../src/encoders/contract.js';
import { experimentSchema, type EncoderOptions, type ExperimentInput, type ResnetOptions } from '../../../src/shared/experiment/index.js';
import { Random } from '../../../src/shared/random.js';

/** The reference engine. */
export async function cpuEngine(): Promise<Engine> {
  await tf.setBackend('cpu');
  return createEagerEngine({ kind: 'cpu', version: tf.version_core, threads: 1, device: 'cpu', reason: 'test' });
}

/** The engine that learning is tested on: the reference one is too slow for it. */
export const fastEngine = (): Promise<Engine> => createOnnxEngine({ threads: 1, reason: 'test' });

/** An experiment with every default written out. */
export function experiment(input: Partial<ExperimentInput> = {}) {
  return experimentSchema.parse({ name: 'test', cohort: { table: 'cohort.csv' }, ...input });
}

/** The smallest ResNet. */
export const tinyResnet = (pretrain: Partial<ResnetOptions['pretrain']> = {}): EncoderOptions =>
  experiment({ encoder: { kind: 'resnet', depth: 10, width: 0.125, projection: 8, pretrain: { epochs: 2, batch: 4, patchesPerEpoch: 8, ...pretrain } } }).encoder;

/** Patches of coloured stripes: the even ones lie, the odd ones stand; each has its own noise. */
export function stripes(count: number, size: number, seed = 1): PatchSource & { readonly all: readonly Uint8Array[] } {
  const all = Array.from({ length: count }, (_, index) => {
    const random = new Random(seed).fork(`patch/${index}`);
    const patch = new Uint8Array(3 * size * size);
    for (let i = 0; i < size * size; i++) {
      const along = index % 2 ? i % size : Math.floor(i / size);
      const bright = along % 4 < 2 ? 200 : 90;
      for (let channel = 0; channel < 3; channel++) patch[3 * i + channel] = bright - 20 * channel + random.integer(30);
    }
    return patch;
  });
  return { all, count, size, read: (index, target, offset) => target.set(all[index], offset) };
}

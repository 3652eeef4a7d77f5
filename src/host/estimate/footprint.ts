import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Experiment } from '../../shared/experiment/index.js';
import { resnetCost } from './resnet-cost.js';
import type { Sizes } from './work.js';

const megabyte = 2 ** 20;
/** The host itself with its engine, bytes. */
const base = 300 * megabyte;
/** Features of other slides kept in memory at most, bytes. */
const kept = 384 * megabyte;
/** Copies of what convolutions put out, and of the features of a bag, that a training step holds; both seen (5.2 GB of a ResNet-18 at 224 px with 32 patches a step, 1.3 GB of bags of 5000 × 1024). */
const copies = { convolution: 7.5, bag: 12 };

/** Bytes resident at the peak: that of the hungriest stage. */
export function memoryOf({ encoder, tiling, finetune }: Experiment, sizes: Sizes, featureSize: number, folder: string): number {
  const patches = sizes.train + sizes.validation + sizes.test;
  const bags = Math.min(kept, 4 * patches * featureSize) + copies.bag * 2 * 4 * sizes.largest * featureSize;
  if (encoder.kind === 'features') return base + bags;
  if (encoder.kind === 'onnx') return base + Math.max(bags, 3 * (statSync(resolve(folder, encoder.file), { throwIfNoEntry: false })?.size ?? 0) + copies.convolution * 4 * encoder.batch * 20 * encoder.inputSize ** 2);
  const { activations, parameters } = resnetCost(encoder, tiling.size);
  const batch = Math.max(encoder.weights === undefined && encoder.pretrain.epochs > 0 ? Math.min(encoder.pretrain.batch, sizes.train) : 0, finetune.enabled ? finetune.batch : 8);
  return base + Math.max(bags, copies.convolution * 4 * 2 * batch * activations + 16 * parameters);
}

/** Bytes written: patches as raw pixels, features of up to three states of the encoder, tables and weights of each round. */
export function diskOf({ encoder, tiling, mining, finetune }: Experiment, sizes: Sizes, featureSize: number): number {
  const patches = sizes.train + sizes.validation + sizes.test;
  const tables = mining.rounds * (sizes.train + sizes.validation) * 60;
  if (encoder.kind === 'features') return tables;
  const learns = encoder.kind === 'resnet' ? finetune.enabled : encoder.adapter !== null;
  const states = learns ? Math.min(mining.rounds, 3) : 1;
  const weights = encoder.kind === 'resnet' ? mining.rounds * 4 * 3 * resnetCost(encoder, tiling.size).parameters : 0;
  const views = encoder.kind === 'onnx' && encoder.adapter ? encoder.adapter.views * sizes.train * featureSize * 4 : 0;
  return patches * 3 * tiling.size ** 2 + states * patches * (4 * featureSize + 16) + views + tables + weights;
}

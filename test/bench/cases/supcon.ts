import { join } from 'node:path';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { initialValues } from '../../../src/encoders/initial.js';
import { project, projectionShapes } from '../../../src/encoders/projection.js';
import { architecture, backboneShapes } from '../../../src/encoders/resnet/architecture.js';
import { resnetFeatures } from '../../../src/encoders/resnet/forward.js';
import { writeSafetensors } from '../../../src/engine/safetensors.js';
import { trainingStep } from '../../../src/engine/training-step.js';
import { supconLoss } from '../../../src/mil/losses/supcon.js';
import { Random } from '../../../src/shared/random.js';
import { layouts, timed, torchDevice, type BenchCase } from './case.js';
import { channels, projection, smallCnnProjections, smallCnnShapes } from './small-cnn.js';

const patches = 64;
const size = 64;
const temperature = 0.07;
const lr = 1e-4;
const labels = Float32Array.from({ length: patches }, (_, i) => i % 2);

interface Network {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Rows of length one, from images [N, size, size, 3]. */
  projections(images: Tensor4D, parameters: Readonly<Record<string, Tensor>>): Tensor2D;
  /** What PyTorch needs to build the same. */
  readonly torch: Record<string, unknown>;
}

const resnet = architecture({ depth: 10, width: 1, projection: 256 }, size);

/** Supervised contrastive steps with Adam on two views of 64 patches of 64 px. */
export const supconCases: readonly BenchCase[] = [
  supconCase('supcon-cnn', 'the small CNN', { shapes: smallCnnShapes, projections: smallCnnProjections, torch: { channels, projection } }),
  supconCase('supcon-resnet10', 'ResNet-10', {
    shapes: { ...backboneShapes(resnet), ...projectionShapes(resnet.featureSize, resnet.projection) },
    projections: (images, parameters) => project(resnetFeatures(images, resnet, parameters), parameters),
    torch: { resnet },
  }),
];

function supconCase(name: string, network: string, { shapes, projections, torch: description }: Network): BenchCase {
  return {
    name,
    title: `SupCon step, ${network}, ${size} px, ${patches}×2 views`,
    target: 1,
    rounds: 4,
    stepsPerTurn: 2,
    async prepare(setting) {
      const { engine, torch, folder } = setting;
      const random = new Random(2);
      const weights = initialValues(shapes, random.fork('weights'));
      const shape = [2 * patches, size, size, 3];
      const images = { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()) };
      await writeSafetensors(join(folder, 'weights.safetensors'), weights);
      await writeSafetensors(join(folder, 'inputs.safetensors'), { images });
      const training = trainingStep(engine, {
        name,
        inputs: { images: { shape }, labels: { shape: [patches] } },
        parameters: weights,
        optimizer: { kind: 'adam' },
        loss({ inputs, parameters }) {
          const label = inputs['labels'] as Tensor1D;
          return { total: supconLoss(projections(inputs['images'] as Tensor4D, parameters), { instance: label, bag: label }, { temperature, pairs: 'all', maskUncertainNegatives: false }) };
        },
      });
      const ours = {
        name: `Hardmine, ${engine.info.kind} on ${engine.info.device}`,
        side: 'hardmine' as const,
        async step() {
          const { ms, result } = await timed(() => training.run({ images, labels: { shape: [patches], data: labels } }, lr));
          return { ms, value: result['total']! };
        },
        close: () => training.dispose(),
      };
      if (!torch) return [ours];
      const device = torchDevice(setting);
      const theirs = [];
      for (const { layout, channelsLast } of layouts) {
        theirs.push(await torch.open(`PyTorch on ${device}, ${layout}`, { case: 'supcon', folder, device, channelsLast, lr, weightDecay: 0, temperature, labels: [...labels], ...description }));
      }
      return [ours, ...theirs];
    },
  };
}

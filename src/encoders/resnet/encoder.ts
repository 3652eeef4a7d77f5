import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/contract.js';
import type { AugmentationOptions, FinetuneOptions, ResnetOptions } from '../../shared/experiment/index.js';
import type { Random } from '../../shared/random.js';
import type { ContrastiveModel } from '../contrastive/model.js';
import { finetune } from '../contrastive/finetune.js';
import { pretrain } from '../contrastive/pretrain.js';
import type { PixelEncoder } from '../contract.js';
import { initialValues } from '../initial.js';
import { Learned } from '../learned.js';
import { normalisations, normaliseInto } from '../normalisation.js';
import { pixelViews } from '../pixel-views.js';
import { project, projectionShapes } from '../projection.js';
import { architecture, backboneShapes } from './architecture.js';
import { resnetFeatures } from './forward.js';
import { readResnetWeights } from './weights.js';

export interface ResnetSetting {
  readonly engine: Engine;
  /** Edge of the patches, px. */
  readonly patchSize: number;
  readonly augmentations: AugmentationOptions;
  readonly finetune: FinetuneOptions;
  /** Draws the initial weights. */
  readonly random: Random;
  /** Path of the weights to start from, if any: they take the place of pre-training. */
  readonly weightsFile?: string;
  warn(message: string): void;
}

/** Patches an inference call. */
const batch = 32;

/**
 * A ResNet that learns: pixels in, 512 · width features out.
 * @throws HardmineError `weights-invalid` when the file to start from does not fit.
 */
export async function createResnet(options: ResnetOptions, { engine, patchSize, augmentations, random, weightsFile, warn, finetune: finetuning }: ResnetSetting): Promise<PixelEncoder> {
  const model = `ResNet-${options.depth}`;
  const shape = architecture(options, patchSize);
  const initial = initialValues({ ...backboneShapes(shape), ...projectionShapes(shape.featureSize, shape.projection) }, random);
  const weights = weightsFile === undefined ? initial : await readResnetWeights(weightsFile, model, initial, warn);
  const imageShape = [batch, patchSize, patchSize, 3];
  const learned = new Learned(engine, model, shape, { weights, optimizer: {} }, {
    inputs: { patches: { shape: imageShape } },
    body: ({ inputs, parameters }) => ({ features: resnetFeatures(inputs['patches'] as Tensor4D, shape, parameters) }),
  });
  const contrastive: ContrastiveModel = {
    name: model,
    project: (views, parameters) => project(resnetFeatures(views as Tensor4D, shape, parameters), parameters),
  };
  const images = new Float32Array(batch * 3 * patchSize ** 2);

  return {
    input: 'pixels',
    batch,
    featureSize: shape.featureSize,
    fingerprint: () => learned.fingerprint(),
    async embed({ pixels, count, size }) {
      normaliseInto(pixels.subarray(0, 3 * size * size * count), normalisations.imagenet, images, 0);
      const { features } = await learned.infer({ patches: { data: images, shape: imageShape } });
      return (features.data as Float32Array).slice(0, count * shape.featureSize);
    },
    learner: {
      async prepare(patches, stage) {
        if (weightsFile !== undefined) return;
        await pretrain(engine, contrastive, pixelViews(patches, augmentations), options.pretrain, stage, learned.state, (state, epochsDone) => {
          // Fine-tuning has another loss: its moments start from zero.
          learned.keep(epochsDone < options.pretrain.epochs ? state : { weights: state.weights, optimizer: {} });
        });
      },
      finetune: (patches, mined, stage) => finetune(engine, contrastive, pixelViews(patches, augmentations), mined, finetuning, stage, learned.state, learned.keep),
      state: () => learned.state,
      restore: (state) => learned.restore(state),
    },
    dispose: () => learned.release(),
  };
}

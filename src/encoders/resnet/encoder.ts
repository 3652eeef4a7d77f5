import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Engine, Program } from '../../engine/contract.js';
import type { AugmentationOptions, FinetuneOptions, ResnetOptions } from '../../shared/experiment/index.js';
import type { Random } from '../../shared/random.js';
import type { EncoderState, Learner, MinedPatches, PatchBatch, PatchSource, PixelEncoder, PrepareStage, LearningStage } from '../contract.js';
import { finetune } from '../contrastive/finetune.js';
import type { ContrastiveModel } from '../contrastive/model.js';
import { pretrain } from '../contrastive/pretrain.js';
import { fingerprintOf } from '../fingerprint.js';
import { fitWeights } from '../fit.js';
import { initialValues } from '../initial.js';
import { normalisations, normaliseInto } from '../normalisation.js';
import { pixelViews } from '../pixel-views.js';
import { project, projectionShapes } from '../projection.js';
import { type Architecture, architecture, backboneShapes } from './architecture.js';
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
  /** Absolute path of the weights to start from, if any. */
  readonly weightsFile?: string;
  warn(message: string): void;
}

/** Patches an inference call. */
const batch = 32;

/**
 * A ResNet that learns: pixels in, 512 · width features out.
 * @throws HardmineError `weights-invalid` when the file to start from does not fit.
 */
export async function createResnet(options: ResnetOptions, setting: ResnetSetting): Promise<PixelEncoder> {
  const shape = architecture(options, setting.patchSize);
  const model = `ResNet-${options.depth}`;
  const initial = initialValues({ ...backboneShapes(shape), ...projectionShapes(shape.featureSize, shape.projection) }, setting.random);
  const weights = setting.weightsFile === undefined ? initial : await readResnetWeights(setting.weightsFile, model, initial, setting.warn);
  return new Resnet(model, shape, options, setting, { weights, optimizer: {} });
}

class Resnet implements PixelEncoder, Learner {
  readonly input = 'pixels';
  readonly batch = batch;
  readonly featureSize: number;
  readonly learner: Learner = this;
  private readonly contrastive: ContrastiveModel;
  private readonly shapes: Readonly<Record<string, readonly number[]>>;
  private readonly images: Float32Array;
  private inference: { readonly program: Program; release(): void } | undefined;
  private print: string | undefined;

  constructor(
    private readonly model: string,
    private readonly shape: Architecture,
    private readonly options: ResnetOptions,
    private readonly setting: ResnetSetting,
    private current: EncoderState,
  ) {
    this.featureSize = shape.featureSize;
    this.shapes = Object.fromEntries(Object.entries(current.weights).map(([name, value]) => [name, value.shape]));
    this.images = new Float32Array(batch * 3 * setting.patchSize ** 2);
    this.contrastive = { name: model, project: (views, parameters) => project(resnetFeatures(views as Tensor4D, shape, parameters), parameters) };
  }

  fingerprint(): string {
    this.print ??= fingerprintOf({ model: this.model, shape: this.shape }, this.backbone());
    return this.print;
  }

  async embed({ pixels, count, size }: PatchBatch): Promise<Float32Array> {
    const { program } = (this.inference ??= this.compile());
    normaliseInto(pixels.subarray(0, 3 * size * size * count), normalisations.imagenet, this.images, 0);
    const { features } = await program.run({ patches: { data: this.images, shape: [batch, size, size, 3] } });
    return (features.data as Float32Array).slice(0, count * this.featureSize);
  }

  async prepare(patches: PatchSource, stage: PrepareStage): Promise<void> {
    const { engine, augmentations, weightsFile } = this.setting;
    if (weightsFile !== undefined) return;
    await pretrain(engine, this.contrastive, pixelViews(patches, augmentations), this.options.pretrain, stage, this.current, this.keep);
    // SupCon is another loss: its moments start from zero.
    this.keep({ weights: this.current.weights, optimizer: {} });
  }

  async finetune(patches: PatchSource, mined: MinedPatches, stage: LearningStage): Promise<void> {
    const { engine, augmentations, finetune: options } = this.setting;
    await finetune(engine, this.contrastive, pixelViews(patches, augmentations), mined, options, stage, this.current, this.keep);
  }

  state(): EncoderState {
    return this.current;
  }

  restore({ weights, optimizer }: EncoderState): void {
    this.keep({ weights: fitWeights(weights, this.shapes, { model: this.model }), optimizer });
  }

  dispose(): void {
    this.inference?.release();
    this.inference = undefined;
  }

  private readonly keep = (state: EncoderState): void => {
    this.current = state;
    this.print = undefined;
    this.dispose();
  };

  private backbone(): EncoderState['weights'] {
    return Object.fromEntries(Object.entries(this.current.weights).filter(([name]) => !name.startsWith('projection.')));
  }

  /** The weights of this moment as constants: the engine can pack them. */
  private compile(): { readonly program: Program; release(): void } {
    const { engine, patchSize } = this.setting;
    const store = engine.parameters(this.backbone());
    const program = engine.compile({
      name: `features of ${this.model}`,
      inputs: { patches: { shape: [batch, patchSize, patchSize, 3] } },
      parameters: store,
      frozen: true,
      body: ({ inputs, parameters }) => ({ features: resnetFeatures(inputs['patches'] as Tensor4D, this.shape, parameters) }),
    });
    return { program, release: () => [program, store].forEach((part) => part.dispose()) };
  }
}

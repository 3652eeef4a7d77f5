import { resolve } from 'node:path';
import type { Engine } from '../engine/contract.js';
import type { AugmentationOptions, EncoderOptions, FinetuneOptions } from '../shared/experiment/index.js';
import type { Random } from '../shared/random.js';
import { createAdapter } from './adapter/encoder.js';
import type { Encoder } from './contract.js';
import { openOnnxEncoder } from './onnx/encoder.js';
import { createResnet } from './resnet/encoder.js';
import { storedFeatures } from './stored.js';

/** What an encoder needs beside its own options. */
export interface EncoderSetting {
  readonly engine: Engine;
  /** Folder that paths of the experiment file are relative to. */
  readonly baseFolder: string;
  /** Edge of the patches (tiling.size), px. */
  readonly patchSize: number;
  readonly augmentations: AugmentationOptions;
  readonly finetune: FinetuneOptions;
  /** Draws initial weights. */
  readonly random: Random;
  /** Size of the features in the stores; needed by kind `features` alone. */
  readonly storedFeatureSize?: number;
  /** Told what a person should know and can go on with. */
  warn(message: string): void;
}

/**
 * The encoder of an experiment:
 * `resnet` → pixels in, learns; `onnx` without adapter → pixels in, fixed; `onnx` with adapter →
 * features of its frozen `base` in, learns; `features` → stored features in and out.
 * @throws HardmineError `weights-invalid` or `encoder-invalid` when a file does not fit.
 */
export async function createEncoder(options: EncoderOptions, setting: EncoderSetting): Promise<Encoder> {
  switch (options.kind) {
    case 'resnet':
      return createResnet(options, { ...setting, weightsFile: options.weights && resolve(setting.baseFolder, options.weights) });
    case 'onnx': {
      const base = await openOnnxEncoder(options, { file: resolve(setting.baseFolder, options.file), patchSize: setting.patchSize, threads: setting.engine.info.threads });
      return options.adapter ? createAdapter(base, options.adapter, setting) : base;
    }
    case 'features': {
      if (setting.storedFeatureSize === undefined) throw new Error('kind "features" needs storedFeatureSize');
      return storedFeatures(setting.storedFeatureSize);
    }
  }
}

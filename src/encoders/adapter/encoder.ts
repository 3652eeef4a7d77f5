import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/contract.js';
import type { AugmentationOptions, FinetuneOptions } from '../../shared/experiment/index.js';
import type { Random } from '../../shared/random.js';
import { finetune } from '../contrastive/finetune.js';
import type { ContrastiveModel } from '../contrastive/model.js';
import type { FeatureEncoder, PixelEncoder } from '../contract.js';
import { Learned } from '../learned.js';
import { project } from '../projection.js';
import { adapt, adapterWeights } from './network.js';
import { cacheViews, CachedViews } from './view-cache.js';

export interface AdapterSetting {
  readonly engine: Engine;
  readonly augmentations: AugmentationOptions;
  readonly finetune: FinetuneOptions;
  /** Draws the initial weights. */
  readonly random: Random;
}

/** Rows an inference call. */
const batch = 1024;
/** Size of the projection head, as in SimCLR's linear evaluation of small sets. */
const projection = 128;

/**
 * A trainable residual adapter over a frozen encoder, learning from cached features of augmented
 * views. It begins as the identity: the first round sees the features of `base`.
 */
export function createAdapter(base: PixelEncoder, { hidden, views }: { readonly hidden: number; readonly views: number }, { engine, augmentations, finetune: options, random }: AdapterSetting): FeatureEncoder {
  const { featureSize } = base;
  const shape = [batch, featureSize];
  const learned = new Learned(engine, 'the adapter', { base: base.fingerprint() }, { weights: adapterWeights(featureSize, hidden, projection, random), optimizer: {} }, {
    inputs: { features: { shape } },
    body: ({ inputs, parameters }) => ({ adapted: adapt(inputs['features'] as Tensor2D, parameters) }),
  });
  const contrastive: ContrastiveModel = { name: 'the adapter', project: (rows, parameters) => project(adapt(rows as Tensor2D, parameters), parameters) };
  const rows = new Float32Array(batch * featureSize);
  let cache: string | undefined;

  return {
    input: 'features',
    base,
    inputSize: featureSize,
    featureSize,
    batch,
    fingerprint: () => learned.fingerprint(),
    async embed({ features, count }) {
      rows.set(features.subarray(0, count * featureSize));
      const { adapted } = await learned.infer({ features: { data: rows, shape } });
      return (adapted.data as Float32Array).slice(0, count * featureSize);
    },
    learner: {
      async prepare(patches, stage) {
        cache = await cacheViews(patches, { base, augmentations, views }, stage);
      },
      async finetune(_patches, mined, stage) {
        if (cache === undefined) throw new Error('the adapter learns from cached views: call prepare first');
        const source = new CachedViews(cache, featureSize, views);
        try {
          await finetune(engine, contrastive, source, mined, options, stage, learned.state, learned.keep);
        } finally {
          source.close();
        }
      },
      state: () => learned.state,
      restore: (state) => learned.restore(state),
    },
    dispose() {
      learned.release();
      base.dispose();
    },
  };
}

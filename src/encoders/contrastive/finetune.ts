import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/contract.js';
import { tf } from '../../engine/tfjs.js';
import { supconLoss } from '../../mil/losses/supcon.js';
import type { FinetuneOptions } from '../../shared/experiment/index.js';
import type { EncoderState, LearningStage, MinedPatches } from '../contract.js';
import { ViewBatch } from './batch.js';
import { type Keep, trainEpochs } from './epochs.js';
import { contrastable, Mixture } from './mixture.js';
import type { ContrastiveModel, ViewSource } from './model.js';

interface Scope {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly parameters: Readonly<Record<string, Tensor>>;
}

/**
 * One round of supervised contrastive fine-tuning on what was mined (design §4, paper §3): the
 * `negative` pairs always, plus the `positive` pairs once positives are anchors. An epoch
 * looks at as many patches as there are positives and hard negatives, at most `maxPatches`.
 * Uncertain patches do not lengthen it: they are most of the positive slides, and each step
 * beyond would only repeat the few that were mined.
 * @throws HardmineError `loss-not-finite` (see trainEpochs).
 */
export async function finetune(
  engine: Engine,
  model: ContrastiveModel,
  views: ViewSource,
  mined: MinedPatches,
  { temperature, epochs, batch: size, lr, maxPatches }: Omit<FinetuneOptions, 'enabled'>,
  stage: LearningStage,
  state: EncoderState,
  keep: Keep,
): Promise<void> {
  if (!contrastable(mined)) return;
  const batch = new ViewBatch(views, size);
  const steps = Math.ceil(Math.min(mined.positives.length + mined.hardNegatives.length, maxPatches) / size);
  const anchors = { data: Float32Array.of(mined.anchorPositives ? 1 : 0), shape: [] };
  const labels = { shape: [size] };
  const program = {
    name: `SupCon of ${model.name}`,
    inputs: { views: { shape: batch.tensor.shape }, instance: labels, bag: labels, anchorPositives: { shape: [] } },
    loss({ inputs, parameters }: Scope) {
      const projections = model.project(inputs['views'], parameters);
      const given = { instance: inputs['instance'] as Tensor1D, bag: inputs['bag'] as Tensor1D };
      const negative = supconLoss(projections, given, { temperature, pairs: 'negative', maskUncertainNegatives: true });
      const positive = supconLoss(projections, given, { temperature, pairs: 'positive', maskUncertainNegatives: false });
      return { total: tf.add(negative, tf.mul(positive, inputs['anchorPositives'])) };
    },
  };
  await trainEpochs(
    engine,
    state,
    {
      program,
      epochs,
      done: 0,
      steps,
      rate: () => lr,
      *inputs(random) {
        const mixture = new Mixture(mined, size, random);
        const instance = { data: mixture.instanceLabels, shape: [size] };
        const bag = { data: mixture.bagLabels, shape: [size] };
        for (let step = 0; step < steps; step++) yield { views: batch.fill(mixture.next(), random), instance, bag, anchorPositives: anchors };
      },
    },
    stage,
    keep,
  );
}

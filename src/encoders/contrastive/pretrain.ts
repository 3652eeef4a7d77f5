import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/contract.js';
import { ntXentLoss } from '../../mil/losses/supcon.js';
import type { ResnetOptions } from '../../shared/experiment/index.js';
import type { EncoderState, LearningStage } from '../contract.js';
import { drawIndices, ViewBatch } from './batch.js';
import { type Keep, trainEpochs } from './epochs.js';
import type { ContrastiveModel, ViewSource } from './model.js';

/**
 * SimCLR (Chen et al. 2020): two views of every patch attract each other and repel all else, with
 * Adam under a cosine from `lr` to 0. Each epoch draws up to `patchesPerEpoch` patches anew, none
 * twice, in whole batches. Fewer patches than a batch make one smaller batch; fewer than two
 * have nothing to repel and train nothing.
 * @throws HardmineError `loss-not-finite` (see trainEpochs).
 */
export async function pretrain(
  engine: Engine,
  model: ContrastiveModel,
  views: ViewSource,
  { epochs, batch: wanted, lr, temperature, patchesPerEpoch }: ResnetOptions['pretrain'],
  stage: LearningStage & { readonly epochsDone?: number },
  state: EncoderState,
  keep: Keep,
): Promise<void> {
  const drawn = Math.min(patchesPerEpoch, views.count);
  const size = Math.min(wanted, drawn);
  if (size < 2) return;
  const batch = new ViewBatch(views, size);
  const steps = Math.floor(drawn / size);
  const program = {
    name: `SimCLR of ${model.name}`,
    inputs: { views: { shape: batch.tensor.shape } },
    loss: ({ inputs, parameters }: { inputs: Readonly<Record<string, Tensor>>; parameters: Readonly<Record<string, Tensor>> }) => ({
      total: ntXentLoss(model.project(inputs['views'], parameters), temperature),
    }),
  };
  await trainEpochs(
    engine,
    state,
    {
      program,
      epochs,
      done: stage.epochsDone ?? 0,
      steps,
      rate: (step) => (lr / 2) * (1 + Math.cos((Math.PI * step) / (epochs * steps))),
      *inputs(random) {
        const order = drawIndices(views.count, drawn, random);
        for (let step = 0; step < steps; step++) yield { views: batch.fill(order.subarray(step * size), random) };
      },
    },
    stage,
    keep,
  );
}

import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../engine/contract.js';
import { tf } from '../engine/tfjs.js';
import type { Aggregator, BagPrediction } from './aggregators/index.js';
import { bagLoss, type LabelKind } from './losses/index.js';
import { createTrainer, type Scorer, type TrainerOptions } from './trainer.js';

export interface BagLossValue {
  readonly total: number;
  readonly bag: number;
}

/** An aggregator in training on one bag a step, as most of the field trains. */
export interface BagTrainer extends Scorer {
  /**
   * One update. bag: [N, featureSize], N ≥ 1; label: 0 or 1 each [C]. Resolves to the losses before it.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(bag: HostTensor, label: Float32Array, learningRate: number): Promise<BagLossValue>;
}

/** Training by the cross-entropy of the bag, plus the loss that the aggregator brings itself. */
export function createBagTrainer(engine: Engine, aggregator: Aggregator, options: TrainerOptions & { readonly labels: LabelKind }): BagTrainer {
  const { step, ...scorer } = createTrainer<'slide', 'bag'>(
    engine,
    aggregator,
    {
      name: `${aggregator.kind} bag step`,
      sides: { slide: 'given' },
      loss({ slide }, labels) {
        const bag = bagLoss(slide.bagLogits, labels.slide, options.labels);
        return { total: withAuxiliary(bag, slide), bag };
      },
    },
    options,
  );
  return { ...scorer, step: (bag, label, learningRate) => step({ slide: { bag, label } }, learningRate) };
}

/** The bag loss, and beside it what the aggregator asks of its own instances; a tensor of its own, for each loss of a step is disposed of alone. */
function withAuxiliary(bag: Tensor, { auxiliary }: BagPrediction): Tensor {
  return auxiliary ? tf.add(bag, auxiliary) : tf.clone(bag);
}

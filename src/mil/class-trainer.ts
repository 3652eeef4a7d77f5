import type { Engine, HostTensor } from '../engine/contract.js';
import type { LossOptions } from '../shared/experiment/index.js';
import type { Aggregator } from './aggregators/index.js';
import { classPairLoss, type PairLossValue } from './losses/index.js';
import { createPairTrainer } from './pair-trainer.js';
import { createTrainer, type Scorer, type TrainerOptions } from './trainer.js';

/** A bag and what it is. */
export interface LabelledBag {
  /** [N, featureSize], N ≥ 1. */
  readonly bag: HostTensor;
  /** 0 or 1 for each output of the aggregator [C]. */
  readonly label: Float32Array;
}

/** An aggregator in training on pairs of bags of different classes. */
export interface ClassTrainer extends Scorer {
  /**
   * One update. With one output the first bag is positive and the second negative. Resolves to the losses before it.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(first: LabelledBag, second: LabelledBag, learningRate: number): Promise<PairLossValue>;
}

/** Training by the paper's loss (design §4), for each class where there are several. */
export function createClassTrainer(engine: Engine, aggregator: Aggregator, options: TrainerOptions & { readonly loss: LossOptions }): ClassTrainer {
  if (aggregator.outputs === 1) {
    const { step, ...scorer } = createPairTrainer(engine, aggregator, options);
    return { ...scorer, step: (positive, negative, learningRate) => step(positive.bag, negative.bag, learningRate) };
  }
  const { step, ...scorer } = createTrainer<'first' | 'second', 'bag' | 'instance' | 'ranking'>(
    engine,
    aggregator,
    {
      name: `${aggregator.kind} class pair step`,
      sides: { first: 'given', second: 'given' },
      loss: ({ first, second }, labels) => classPairLoss({ prediction: first, label: labels.first }, { prediction: second, label: labels.second }, options.loss),
    },
    options,
  );
  return { ...scorer, step: (first, second, learningRate) => step({ first, second }, learningRate) };
}

import type { Engine, HostTensor } from '../engine/contract.js';
import type { LossOptions } from '../shared/experiment/index.js';
import type { Aggregator } from './aggregators/index.js';
import { classPairLoss, type PairLossValue } from './losses/index.js';
import { createPairTrainer, marginSetting } from './pair-trainer.js';
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
   * @param margin of this step, where the options have a `marginFrom`.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(first: LabelledBag, second: LabelledBag, learningRate: number, margin?: number): Promise<PairLossValue>;
}

/** Training by the paper's loss (design §4), for each class where there are several. */
export function createClassTrainer(engine: Engine, aggregator: Aggregator, options: TrainerOptions & { readonly loss: LossOptions }): ClassTrainer {
  if (aggregator.outputs === 1) {
    const { step, ...scorer } = createPairTrainer(engine, aggregator, options);
    return { ...scorer, step: (positive, negative, learningRate, margin) => step(positive.bag, negative.bag, learningRate, margin) };
  }
  const { step, ...scorer } = createTrainer<'first' | 'second', 'bag' | 'instance' | 'ranking'>(
    engine,
    aggregator,
    {
      name: `${aggregator.kind} class pair step`,
      sides: { first: 'given', second: 'given' },
      settings: marginSetting(options.loss),
      loss: ({ first, second }, labels, { margin }) => classPairLoss({ prediction: first, label: labels.first }, { prediction: second, label: labels.second }, options.loss, margin),
    },
    options,
  );
  return { ...scorer, step: (first, second, learningRate, margin = options.loss.margin) => step({ first, second }, learningRate, { margin }) };
}

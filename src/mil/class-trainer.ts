import type { Engine, HostTensor } from '../engine/contract.js';
import type { LossOptions } from '../shared/experiment/index.js';
import type { Aggregator } from './aggregators/index.js';
import { classPairLoss, type PairLossValue } from './losses/index.js';
import { createBoundTrainer } from './bound-trainer.js';
import { createPairTrainer, marginSetting } from './pair-trainer.js';
import { createTrainer, type Scorer, type TrainerOptions } from './trainer.js';

/** A bag and what it is. */
export interface LabelledBag {
  /** [N, featureSize], N ≥ 1. */
  readonly bag: HostTensor;
  /** 0 or 1 for each output of the aggregator [C]. */
  readonly label: Float32Array;
}

/** What a step is told beside its bags. */
export interface StepNotes {
  /** Where the options have a `marginFrom`. */
  readonly margin?: number;
  /** Instances people say are negative [M, featureSize]; heard by a trainer that is `bound` alone. */
  readonly confirmed?: HostTensor | undefined;
}

/** An aggregator in training on pairs of bags of different classes. */
export interface ClassTrainer extends Scorer {
  /**
   * One update. With one output the first bag is positive and the second negative. Resolves to the losses before it.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(first: LabelledBag, second: LabelledBag, learningRate: number, notes?: StepNotes): Promise<PairLossValue>;
}

/** Training by the paper's loss (design §4), for each class where there are several. @param options.bound to judgements; with one output. */
export function createClassTrainer(engine: Engine, aggregator: Aggregator, options: TrainerOptions & { readonly loss: LossOptions; readonly bound?: boolean }): ClassTrainer {
  if (aggregator.outputs === 1 && options.bound) {
    const { step, ...scorer } = createBoundTrainer(engine, aggregator, options);
    return { ...scorer, step: (positive, negative, learningRate, notes = {}) => step(positive.bag, negative.bag, learningRate, notes) };
  }
  if (aggregator.outputs === 1) {
    const { step, ...scorer } = createPairTrainer(engine, aggregator, options);
    return { ...scorer, step: (positive, negative, learningRate, notes) => step(positive.bag, negative.bag, learningRate, notes?.margin) };
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
  return { ...scorer, step: (first, second, learningRate, notes) => step({ first, second }, learningRate, { margin: notes?.margin ?? options.loss.margin }) };
}

import type { Engine, HostTensor } from '../engine/contract.js';
import type { LossOptions } from '../shared/experiment/index.js';
import type { Aggregator } from './aggregators/index.js';
import { pairLoss, type PairLossValue } from './losses/index.js';
import { createTrainer, type Scorer, type TrainerOptions } from './trainer.js';

/** An aggregator with one output in training on (positive, negative) pairs of bags. */
export interface PairTrainer extends Scorer {
  /**
   * One update. Bags are [N, featureSize] of any N ≥ 1. Resolves to the losses before it.
   * @param margin of this step, where the options have a `marginFrom`.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(positiveBag: HostTensor, negativeBag: HostTensor, learningRate: number, margin?: number): Promise<PairLossValue>;
}

/** Training by the paper's loss (design §4). */
export function createPairTrainer(engine: Engine, aggregator: Aggregator, options: TrainerOptions & { readonly loss: LossOptions }): PairTrainer {
  const { step, ...scorer } = createTrainer<'positive' | 'negative', 'bag' | 'instance' | 'ranking'>(
    engine,
    aggregator,
    {
      name: `${aggregator.kind} pair step`,
      sides: { positive: [1], negative: [0] },
      settings: marginSetting(options.loss),
      loss: ({ positive, negative }, _labels, { margin }) => pairLoss(positive, negative, options.loss, margin),
    },
    options,
  );
  return { ...scorer, step: (positive, negative, learningRate, margin = options.loss.margin) => step({ positive: { bag: positive }, negative: { bag: negative } }, learningRate, { margin }) };
}

/** A margin that changes from epoch to epoch is given with each step; one that stays is part of the program. */
export function marginSetting({ marginFrom }: Pick<LossOptions, 'marginFrom'>): readonly 'margin'[] {
  return marginFrom === null ? [] : ['margin'];
}

import type { Engine, HostTensor } from '../engine/contract.js';
import type { LossOptions } from '../shared/experiment/index.js';
import type { Aggregator } from './aggregators/index.js';
import { pairLoss, type PairLossValue } from './losses/index.js';
import { createTrainer, type Scorer, type TrainerOptions } from './trainer.js';

/** An aggregator with one output in training on (positive, negative) pairs of bags. */
export interface PairTrainer extends Scorer {
  /**
   * One update. Bags are [N, featureSize] of any N ≥ 1. Resolves to the losses before it.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(positiveBag: HostTensor, negativeBag: HostTensor, learningRate: number): Promise<PairLossValue>;
}

/** Training by the paper's loss (design §4). */
export function createPairTrainer(engine: Engine, aggregator: Aggregator, options: TrainerOptions & { readonly loss: LossOptions }): PairTrainer {
  const { step, ...scorer } = createTrainer<'positive' | 'negative', 'bag' | 'instance' | 'ranking'>(
    engine,
    aggregator,
    {
      name: `${aggregator.kind} pair step`,
      sides: { positive: [1], negative: [0] },
      loss: ({ positive, negative }) => pairLoss(positive, negative, options.loss),
    },
    options,
  );
  return { ...scorer, step: (positive, negative, learningRate) => step({ positive: { bag: positive }, negative: { bag: negative } }, learningRate) };
}

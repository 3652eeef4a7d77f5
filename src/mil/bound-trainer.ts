import { tf } from '../engine/tfjs.js';
import type { Engine, HostTensor } from '../engine/contract.js';
import type { LossOptions } from '../shared/experiment/index.js';
import type { Aggregator } from './aggregators/index.js';
import { confirmedLoss, pairLoss, type PairLossValue } from './losses/index.js';
import { createTrainer, type Scorer, type TrainerOptions } from './trainer.js';

/** A `PairTrainer` that is also given instances which people say are negative. */
export interface BoundTrainer extends Scorer {
  /**
   * One update. @param confirmed [M, featureSize], ranked below the positive bag; undefined where there are none.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(positiveBag: HostTensor, negativeBag: HostTensor, learningRate: number, given: { readonly margin?: number; readonly confirmed?: HostTensor | undefined }): Promise<PairLossValue>;
}

/**
 * Training by the paper's loss, and by judgements: each step scores the confirmed negatives as a bag
 * of their own and adds what of them is not below the positive bag by the margin, weighted as the
 * ranking loss. What is reported as the ranking loss is that of the pair alone.
 */
export function createBoundTrainer(engine: Engine, aggregator: Aggregator, options: TrainerOptions & { readonly loss: LossOptions }): BoundTrainer {
  const { loss } = options;
  const { step, ...scorer } = createTrainer<'positive' | 'negative' | 'confirmed', 'bag' | 'instance' | 'ranking'>(
    engine,
    aggregator,
    {
      name: `${aggregator.kind} pair step under judgements`,
      sides: { positive: [1], negative: [0], confirmed: [0] },
      settings: ['margin', 'judged'],
      loss({ positive, negative, confirmed }, _labels, { margin, judged }) {
        const pair = pairLoss(positive, negative, loss, margin);
        const below = tf.mul(confirmedLoss(positive, confirmed, loss, margin!), judged!);
        return { ...pair, total: tf.add(pair.total, tf.mul(below, loss.ranking)) };
      },
    },
    options,
  );
  // A program needs a bag even where nobody judged: one instance that nothing comes of.
  const nobody: HostTensor = { data: new Float32Array(aggregator.featureSize), shape: [1, aggregator.featureSize] };
  return {
    ...scorer,
    step: (positive, negative, learningRate, { margin = loss.margin, confirmed }) =>
      step({ positive: { bag: positive }, negative: { bag: negative }, confirmed: { bag: confirmed ?? nobody } }, learningRate, { margin, judged: confirmed ? 1 : 0 }),
  };
}

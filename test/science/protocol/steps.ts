import { tf } from '../../../src/engine/tfjs.js';
import { bagLoss, pairLoss } from '../../../src/mil/losses/index.js';
import type { LossOptions } from '../../../src/shared/experiment/index.js';
import type { FusedStep } from './fused-trainer.js';

/** The cross-entropy of one bag, and what the aggregator itself asks of its instances. */
export const onBags: FusedStep = {
  bags: 1,
  loss([prediction], [label]) {
    const bag = bagLoss(prediction!.bagLogits, label!, 'any');
    return prediction!.auxiliary ? tf.add(bag, prediction!.auxiliary) : bag;
  },
};

/** The paper's loss on a positive bag and a negative one. */
export const onPairs = (options: LossOptions): FusedStep => ({
  bags: 2,
  loss: ([positive, negative]) => pairLoss(positive!, negative!, options).total,
});

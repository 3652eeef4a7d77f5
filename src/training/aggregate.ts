import type { ClassTrainer } from '../mil/class-trainer.js';
import type { TrainerState } from '../mil/trainer.js';
import type { OptimizerOptions } from '../shared/experiment/index.js';
import type { Random } from '../shared/random.js';
import { labelOf, ofSplit, type Bag } from './bag.js';
import type { RunContext } from './context.js';
import { epochPairs } from './epoch-pairs.js';
import type { FeatureBank } from './feature-bank.js';
import { learningRate } from './learning-rate.js';
import { scoreBags } from './scores.js';
import { validationLoss } from './validation-loss.js';

/**
 * What validation says of an epoch; the one with the lowest loss is kept. AUROC of a few slides
 * takes few values, and an untrained aggregator reaches the highest by luck.
 */
interface Standing {
  readonly epoch: number;
  /** Of the total pair loss, what training minimises. */
  readonly loss: number;
}

/**
 * Trains the aggregator on pairs of training slides and leaves `trainer` with the weights of the
 * epoch validation chose. Test slides are never looked at; what `afterEpoch` does stays with it.
 * @returns that epoch, 1-based.
 */
export async function trainAggregator(
  { context, trainer, bags, features, random, round, afterEpoch }: { context: RunContext; trainer: ClassTrainer; bags: readonly Bag[]; features: FeatureBank; random: Random; round: number; afterEpoch?: ((epoch: number) => Promise<void>) | undefined },
  progress: (done: number, total: number, unit: string) => void,
): Promise<number> {
  const { optimizer, loss } = context.experiment;
  const train = ofSplit(bags, 'train');
  const validation = ofSplit(bags, 'validation');
  const labelled = async (bag: Bag) => ({ bag: await features.bag(bag.id), label: labelOf(bag, trainer.outputs) });
  let best: { standing: Standing; state: TrainerState } | undefined;
  for (let epoch = 1; epoch <= optimizer.epochs; epoch++) {
    const lr = learningRate(optimizer, epoch);
    const pairs = epochPairs(train, random.fork(`epoch/${epoch}`));
    const sum = { total: 0, bag: 0, instance: 0, ranking: 0 };
    for (const [index, [first, second]] of pairs.entries()) {
      const step = await trainer.step(await labelled(first), await labelled(second), lr);
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += step[key] / pairs.length;
      progress((epoch - 1) * pairs.length + index + 1, optimizer.epochs * pairs.length, 'steps');
      await context.checkpoint();
    }
    context.emit({ type: 'loss', stage: 'aggregate', round, epoch, split: 'train', ...sum, lr });
    const judged = validationLoss(await scoreBags(validation, trainer, features), trainer.outputs, loss);
    context.emit({ type: 'loss', stage: 'aggregate', round, epoch, split: 'validation', ...judged });
    await afterEpoch?.(epoch);
    if (!best || judged.total < best.standing.loss) best = { standing: { epoch, loss: judged.total }, state: trainer.state() };
    if (stopsEarly(optimizer, epoch, best.standing)) break;
  }
  trainer.restore(best!.state);
  return best!.standing.epoch;
}

function stopsEarly({ patience }: OptimizerOptions, epoch: number, best: Standing): boolean {
  return patience > 0 && epoch - best.epoch >= patience;
}

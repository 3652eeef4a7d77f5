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

/** What training needs; `trainer` is left with the weights that validation chose. */
interface Task {
  readonly context: RunContext;
  readonly trainer: ClassTrainer;
  /** Trained from one after the other. */
  readonly starts: readonly TrainerState[];
  readonly bags: readonly Bag[];
  readonly features: FeatureBank;
  readonly random: Random;
  readonly round: number;
  readonly afterEpoch?: ((epoch: number) => Promise<void>) | undefined;
}

type Progress = (done: number, total: number, unit: string) => void;

interface Found {
  readonly standing: Standing;
  readonly state: TrainerState;
  /** The last epoch that was trained. */
  readonly last: number;
}

/**
 * Trains the aggregator on pairs of training slides, from each start, and keeps the epoch
 * validation chose. Test slides are never looked at; what `afterEpoch` does stays with it.
 * @returns that epoch, 1-based, counted on from start to start.
 */
export async function trainAggregator(task: Task, progress: Progress): Promise<number> {
  let best: Found | undefined;
  let last = 0;
  for (const index of task.starts.keys()) {
    const found = await trainFrom(index, last, task, progress);
    last = found.last;
    if (!best || found.standing.loss < best.standing.loss) best = found;
  }
  task.trainer.restore(best!.state);
  return best!.standing.epoch;
}

/** One training of all epochs, or until it stops early. `before`: epochs of the trainings before it. */
async function trainFrom(index: number, before: number, { context, trainer, starts, bags, features, random, round, afterEpoch }: Task, progress: Progress): Promise<Found> {
  const { optimizer, loss } = context.experiment;
  const [train, validation] = [ofSplit(bags, 'train'), ofSplit(bags, 'validation')];
  const labelled = async (bag: Bag) => ({ bag: await features.bag(bag.id), label: labelOf(bag, trainer.outputs) });
  trainer.restore(starts[index]!);
  let best: Omit<Found, 'last'> | undefined;
  let last = before;
  for (let own = 1; own <= optimizer.epochs; own++) {
    const epoch = (last = before + own);
    const place = { stage: 'aggregate', round, epoch, ...(index > 0 ? { restart: index } : {}) } as const;
    const lr = learningRate(optimizer, own);
    const pairs = epochPairs(train, random.fork(`epoch/${epoch}`));
    const sum = { total: 0, bag: 0, instance: 0, ranking: 0 };
    for (const [at, [first, second]] of pairs.entries()) {
      const step = await trainer.step(await labelled(first), await labelled(second), lr);
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += step[key] / pairs.length;
      progress((index * optimizer.epochs + own - 1) * pairs.length + at + 1, starts.length * optimizer.epochs * pairs.length, 'steps');
      await context.checkpoint();
    }
    context.emit({ type: 'loss', ...place, split: 'train', ...sum, lr });
    const judged = validationLoss(await scoreBags(validation, trainer, features), trainer.outputs, loss);
    context.emit({ type: 'loss', ...place, split: 'validation', ...judged });
    await afterEpoch?.(epoch);
    if (!best || judged.total < best.standing.loss) best = { standing: { epoch, loss: judged.total }, state: trainer.state() };
    if (stopsEarly(optimizer, epoch, best.standing)) break;
  }
  return { ...best!, last };
}

function stopsEarly({ patience }: OptimizerOptions, epoch: number, best: Standing): boolean {
  return patience > 0 && epoch - best.epoch >= patience;
}

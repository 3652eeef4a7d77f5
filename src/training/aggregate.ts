import { meanPairLoss, summariseBag } from '../mil/losses/index.js';
import { auroc, operatingPoints } from '../mil/metrics/index.js';
import type { PairTrainer } from '../mil/pair-trainer.js';
import type { TrainerState } from '../mil/trainer.js';
import type { LossOptions, OptimizerOptions } from '../shared/experiment/index.js';
import type { Random } from '../shared/random.js';
import { ofSplit, type Bag } from './bag.js';
import type { RunContext } from './context.js';
import type { FeatureBank } from './feature-bank.js';
import { learningRate } from './learning-rate.js';
import { pairBags } from './pairs.js';
import { scoreBags, type BagScores } from './scores.js';

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
 * epoch validation chose. Test slides are never looked at.
 * @returns that epoch, 1-based.
 */
export async function trainAggregator(
  { context, trainer, bags, features, random, round }: { context: RunContext; trainer: PairTrainer; bags: readonly Bag[]; features: FeatureBank; random: Random; round: number },
  progress: (done: number, total: number, unit: string) => void,
): Promise<number> {
  const { optimizer, loss } = context.experiment;
  const train = ofSplit(bags, 'train');
  const validation = ofSplit(bags, 'validation');
  const [negatives, positives] = [train.filter((bag) => bag.label === 0), train.filter((bag) => bag.label === 1)];
  let best: { standing: Standing; state: TrainerState } | undefined;
  for (let epoch = 1; epoch <= optimizer.epochs; epoch++) {
    const lr = learningRate(optimizer, epoch);
    const pairs = pairBags(positives, negatives, random.fork(`epoch/${epoch}`));
    const sum = { total: 0, bag: 0, instance: 0, ranking: 0 };
    for (const [index, [positive, negative]] of pairs.entries()) {
      const step = await trainer.step(await features.bag(positive.id), await features.bag(negative.id), lr);
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += step[key] / pairs.length;
      progress((epoch - 1) * pairs.length + index + 1, optimizer.epochs * pairs.length, 'steps');
      await context.checkpoint();
    }
    context.emit({ type: 'loss', stage: 'aggregate', round, epoch, split: 'train', ...sum, lr });
    const judged = judge(await scoreBags(validation, trainer, features), loss);
    context.emit({ type: 'loss', stage: 'aggregate', round, epoch, split: 'validation', ...judged });
    if (!best || judged.total < best.standing.loss) best = { standing: { epoch, loss: judged.total }, state: trainer.state() };
    if (stopsEarly(optimizer, epoch, best.standing)) break;
  }
  trainer.restore(best!.state);
  return best!.standing.epoch;
}

function stopsEarly({ patience }: OptimizerOptions, epoch: number, best: Standing): boolean {
  return patience > 0 && epoch - best.epoch >= patience;
}

/** Validation losses (the mean over all pairs of a positive and a negative slide) and AUROC. */
function judge(scored: readonly BagScores[], options: LossOptions) {
  const summaries = (label: number) => scored.filter(({ bag }) => bag.label === label).map(({ bagLogit, logits }) => summariseBag(bagLogit, logits, options));
  const losses = meanPairLoss(summaries(1), summaries(0), options);
  const points = operatingPoints(Uint8Array.from(scored, ({ bag }) => bag.label), Float64Array.from(scored, ({ probability }) => probability));
  if (!losses || !points) throw new Error('validation holds one class only, which the checks of the split refuse');
  return { ...losses, auroc: auroc(points) };
}

import type { Engine } from '../../engine/contract.js';
import { createAggregator } from '../../mil/aggregators/index.js';
import { createBagTrainer } from '../../mil/bag-trainer.js';
import { createPairTrainer } from '../../mil/pair-trainer.js';
import type { Scorer } from '../../mil/trainer.js';
import { aggregatorSchema, lossSchema } from '../../shared/experiment/model.js';
import type { AggregatorOptions } from '../../shared/experiment/index.js';
import type { Random } from '../../shared/random.js';
import { featureSize, type DrawnBag } from './problems.js';

type Kind = AggregatorOptions['kind'];

/** An aggregator with the loss it is trained by. */
export interface Subject {
  readonly kind: Kind;
  /** `bag`: cross-entropy of the bag and the aggregator's own loss; `ranking`: the paper's loss on pairs. */
  readonly loss: 'bag' | 'ranking';
}

export const kinds: readonly Kind[] = aggregatorSchema.shape.kind.unwrap().options;

/** Each kind by the bag loss, and first of all what Hardmine does by default. */
export function subjectsOf(chosen: readonly Kind[]): Subject[] {
  const ours: Subject[] = chosen.includes('dsmil') ? [{ kind: 'dsmil', loss: 'ranking' }] : [];
  return [...ours, ...chosen.map((kind): Subject => ({ kind, loss: 'bag' }))];
}

const learningRate = 1e-3;
const optimizer = { kind: 'adam', weightDecay: 1e-4 } as const;
/** Small, as the problems are. */
const sizes = { hidden: 32, attention: 16, pooling: { highest: 3 }, clam: { clusterSize: 3 } };

/** Trains a subject on the bags for so many epochs, each bag once an epoch. Dispose of what comes back. */
export async function train(engine: Engine, { kind, loss }: Subject, bags: readonly DrawnBag[], epochs: number, random: Random): Promise<Scorer> {
  const aggregator = createAggregator(aggregatorSchema.parse({ kind, ...sizes }), featureSize);
  const shared = { optimizer, initial: aggregator.initialise(random.fork('weights')), random: random.fork('training') };
  const order = random.fork('order');
  if (loss === 'ranking') {
    const trainer = createPairTrainer(engine, aggregator, { ...shared, loss: lossSchema.parse({ topK: 3 }) });
    const [positives, negatives] = [1, 0].map((label) => bags.filter((bag) => bag.label === label)) as [DrawnBag[], DrawnBag[]];
    for (let epoch = 0; epoch < epochs; epoch++) {
      const partners = order.shuffle(negatives);
      for (const [i, { bag }] of order.shuffle(positives).entries()) await trainer.step(bag, partners[i]!.bag, learningRate);
    }
    return trainer;
  }
  const trainer = createBagTrainer(engine, aggregator, { ...shared, labels: 'any' });
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { bag, label } of order.shuffle(bags)) await trainer.step(bag, Float32Array.of(label), learningRate);
  }
  return trainer;
}

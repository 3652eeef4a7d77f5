import type { Engine } from '../../../src/engine/contract.js';
import type { LossOptions } from '../../../src/shared/experiment/index.js';
import { createBagTrainer } from '../../../src/mil/bag-trainer.js';
import { createPairTrainer } from '../../../src/mil/pair-trainer.js';
import type { Aggregator } from '../../../src/mil/aggregators/index.js';
import type { Scorer } from '../../../src/mil/trainer.js';
import type { Random } from '../../../src/shared/random.js';
import { tensorOf, type Bag, type PreparedProblem, type Recipe } from '../problems/problem.js';
import type { Parts } from './folds.js';

/** Labels and, from one scored epoch to the next, bag logits of one part. */
export interface ScoredPart {
  readonly labels: readonly number[];
  /** [scored epochs][bags] */
  readonly logits: readonly (readonly number[])[];
}

/** All that selection needs to know of one training: what is selected is decided afterwards. Neither part was seen in training. */
export interface Curve {
  readonly validation: ScoredPart;
  readonly test: ScoredPart;
}

export interface FitOptions {
  readonly network: Aggregator;
  readonly recipe: Recipe;
  /** The paper's loss on pairs of bags, or by default the cross-entropy of one bag a step. */
  readonly pairLoss?: LossOptions;
  readonly augment?: PreparedProblem['augment'];
  readonly random: Random;
}

/** Trains for all epochs of the recipe and scores validation and test on the way. */
export async function fit(engine: Engine, { train, validation, test }: Parts<Bag>, options: FitOptions): Promise<Curve> {
  const { recipe, random } = options;
  const trainer = options.pairLoss ? pairwise(engine, options, options.pairLoss) : bagwise(engine, options);
  const curve = { validation: startOf(validation), test: startOf(test) };
  try {
    for (let epoch = 0; epoch < recipe.epochs; epoch++) {
      await trainer.epoch(train, random.fork(`epoch/${epoch}`));
      if ((epoch + 1) % recipe.scoreEvery !== 0) continue;
      curve.validation.logits.push(await score(trainer.scorer, validation));
      curve.test.logits.push(await score(trainer.scorer, test));
    }
  } finally {
    trainer.scorer.dispose();
  }
  return curve;
}

interface EpochTrainer {
  readonly scorer: Scorer;
  epoch(bags: readonly Bag[], random: Random): Promise<void>;
}

function bagwise(engine: Engine, options: FitOptions): EpochTrainer {
  const { recipe } = options;
  const trainer = createBagTrainer(engine, options.network, { ...startingPoint(options), labels: 'any' });
  return {
    scorer: trainer,
    async epoch(bags, random) {
      for (const bag of random.shuffle(bags)) await trainer.step(seen(bag, options, random), Float32Array.of(bag.label), recipe.learningRate);
    },
  };
}

function pairwise(engine: Engine, options: FitOptions, loss: LossOptions): EpochTrainer {
  const { recipe } = options;
  const trainer = createPairTrainer(engine, options.network, { ...startingPoint(options), loss });
  return {
    scorer: trainer,
    async epoch(bags, random) {
      const [negatives, positives] = [0, 1].map((label) => random.shuffle(bags.filter((bag) => bag.label === label)));
      // Every bag is seen; the smaller class begins anew.
      for (let i = 0; i < Math.max(negatives!.length, positives!.length); i++) {
        const [positive, negative] = [positives![i % positives!.length]!, negatives![i % negatives!.length]!];
        await trainer.step(seen(positive, options, random), seen(negative, options, random), recipe.learningRate);
      }
    },
  };
}

function startingPoint({ network, recipe, random }: FitOptions) {
  return { optimizer: recipe.optimizer, initial: network.initialise(random.fork('weights')), random: random.fork('extras') };
}

function seen(bag: Bag, { augment }: FitOptions, random: Random) {
  return augment ? augment(bag, random) : tensorOf(bag);
}

function startOf(bags: readonly Bag[]): { labels: number[]; logits: number[][] } {
  return { labels: bags.map(({ label }) => label), logits: [] };
}

async function score(scorer: Scorer, bags: readonly Bag[]): Promise<number[]> {
  const logits: number[] = [];
  // Four decimals: far below any difference that means something, and a curve takes a third of the room.
  for (const bag of bags) logits.push(Number((await scorer.forward(tensorOf(bag))).bagLogits[0]!.toFixed(4)));
  return logits;
}

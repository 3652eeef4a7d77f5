import type { Engine } from '../../../src/engine/contract.js';
import type { LossOptions } from '../../../src/shared/experiment/index.js';
import type { Aggregator } from '../../../src/mil/aggregators/index.js';
import { learningRate } from '../../../src/training/learning-rate.js';
import type { Random } from '../../../src/shared/random.js';
import { tensorOf, type Bag, type PreparedProblem, type Recipe } from '../problems/problem.js';
import type { Parts } from './folds.js';
import { createFusedTrainer, type LabelledBag } from './fused-trainer.js';
import { onBags, onPairs } from './steps.js';

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
}

/** Trains one network after another for all epochs of the recipe, and scores validation and test on the way. */
export function fitter(engine: Engine, { network, recipe, pairLoss, augment }: FitOptions): (parts: Parts<Bag>, random: Random) => Promise<Curve> {
  const trainer = createFusedTrainer(engine, network, pairLoss ? onPairs(pairLoss) : onBags, recipe.optimizer);
  const { learningRate: lr, schedule = 'constant', epochs } = recipe;
  const score = async (bags: readonly Bag[]) => (await trainer.score(bags.map(tensorOf))).map(rounded);
  return async ({ train, validation, test }, random) => {
    const curve = { validation: startOf(validation), test: startOf(test) };
    trainer.start(network.initialise(random.fork('weights')), random.fork('extras'));
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const drawing = random.fork(`epoch/${epoch}`);
      const seen = (bag: Bag): LabelledBag => ({ bag: augment ? augment(bag, drawing) : tensorOf(bag), label: bag.label });
      const steps = pairLoss ? pairsOf(train, drawing) : drawing.shuffle(train).map((bag) => [bag]);
      await trainer.train(steps.map((bags) => bags.map(seen)), learningRate({ lr, schedule, epochs }, epoch));
      if (epoch % recipe.scoreEvery !== 0) continue;
      curve.validation.logits.push(await score(validation));
      curve.test.logits.push(await score(test));
    }
    return curve;
  };
}

/** Every bag is seen; the smaller class begins anew. */
function pairsOf(bags: readonly Bag[], random: Random): Bag[][] {
  const [negatives, positives] = [0, 1].map((label) => random.shuffle(bags.filter((bag) => bag.label === label))) as [Bag[], Bag[]];
  return Array.from({ length: Math.max(negatives.length, positives.length) }, (_, i) => [positives[i % positives.length]!, negatives[i % negatives.length]!]);
}

function startOf(bags: readonly Bag[]): { labels: number[]; logits: number[][] } {
  return { labels: bags.map(({ label }) => label), logits: [] };
}

/** Four decimals: far below any difference that means something, and a curve takes a third of the room. */
function rounded(logit: number): number {
  return Number(logit.toFixed(4));
}

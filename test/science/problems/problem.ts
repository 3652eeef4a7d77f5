import type { HostTensor } from '../../../src/engine/contract.js';
import type { OptimizerSpec } from '../../../src/engine/optimizers.js';
import type { Aggregator } from '../../../src/mil/aggregators/index.js';
import type { Random } from '../../../src/shared/random.js';
import type { LeftOut, Parts } from '../protocol/folds.js';

/** A bag of instances with its one label. */
export interface Bag {
  readonly id: string;
  readonly label: 0 | 1;
  /** [N, instance size], row by row. */
  readonly instances: Float32Array;
  /** Values an instance has. */
  readonly size: number;
}

/** How a network is trained on a problem; part of what names a result. */
export interface Recipe {
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  /** How the rate goes on from there, epoch by epoch; `cosine` ends at 0. By default constant. */
  readonly schedule?: 'cosine';
  readonly epochs: number;
  /** Held-out bags are scored after every so many epochs. */
  readonly scoreEvery: number;
  /** How features of rows are scaled on the training bags; by default to mean 0 and standard deviation 1. */
  readonly scaling?: 'ranks';
  /** Dropout in the encoder; 0 for none. */
  readonly dropout: number;
  /** Where these numbers come from. */
  readonly source: string;
}

/** A figure from the literature, to stand beside ours. */
export interface Published {
  readonly method: string;
  /** Accuracy and area under the ROC curve as printed, e.g. `.892 ± .040`. */
  readonly accuracy?: string;
  readonly auroc?: string;
  readonly source: string;
}

/** A benchmark: bags, how they are divided, what is trained on them and what others reached. */
export interface Problem {
  readonly name: string;
  readonly title: string;
  /** What is done, in sentences that stand above the table. */
  readonly protocol: string;
  /** The folds that each network of a repeat leaves out; a single one has parts of its own. */
  readonly design: readonly LeftOut[] | 'single';
  /** Part of what names a result: raised when the same seed and recipe mean other bags or other numbers in them. */
  readonly version: number;
  readonly recipe: Recipe;
  readonly published: readonly Published[];
  /** Why it cannot run here. */
  readonly missing?: string;
  prepare(): Promise<PreparedProblem>;
}

export interface PreparedProblem {
  /** The bags of one network of one repeat, as it sees them: nothing in them was learned from validation or test. */
  parts(seed: number, network: number, recipe: Recipe): Parts<Bag>;
  network(kind: Aggregator['kind'], recipe: Recipe): Aggregator;
  /** A bag as one training step sees it; the bag itself where nothing is augmented. */
  augment?(bag: Bag, random: Random): HostTensor;
}

/** Networks of one repeat. */
export function networksOf({ design }: Pick<Problem, 'design'>): number {
  return design === 'single' ? 1 : design.length;
}

/** A bag as a network takes it. */
export function tensorOf({ instances, size }: Bag): HostTensor {
  return { data: instances, shape: [instances.length / size, size] };
}

import type { Experiment } from '../../../src/shared/experiment/index.js';

/** A change to the experiment that all variants start from. */
export interface Variant {
  readonly name: string;
  /** Variants of one group differ in one setting; the base stands in each. */
  readonly group: string;
  readonly change: (experiment: Experiment) => void;
}

/** What the others are compared with: the experiment as it stands, the paper's settings where it has them. */
export const base: Variant = { name: 'base', group: 'base', change: () => undefined };

const percents = [1, 5, 10, 20, 50, 100];
const counts = [1, 5, 10, 20];
const weights = [0, 0.05, 0.1, 0.5];

/** One setting changed at a time. A value that the base has already is the base, and trained once. */
export const variants: readonly Variant[] = [
  base,
  { name: 'no fine-tuning', group: 'fine-tuning', change: withoutFinetuning },
  { name: 'no fine-tuning, no ranking', group: 'fine-tuning', change: (e) => (withoutFinetuning(e), (e.loss.ranking = 0)) },
  ...percents.map((percent) => ({ name: `hard negatives ${percent} %`, group: 'share of negatives mined', change: (e: Experiment) => (e.mining.hardNegativeRatio = percent / 100) })),
  // On the synthetic cohort as many steps as a bank of all negatives takes with 2 epochs.
  { name: '5 %, as many steps as with all', group: 'share of negatives mined', change: (e) => (e.finetune.epochs *= 16) },
  ...[4, 8].map((factor) => ({ name: `5 %, ${factor} times the epochs`, group: 'steps of fine-tuning', change: (e: Experiment) => (e.finetune.epochs *= factor) })),
  // As many steps as 5 % with four times the epochs make on the synthetic cohort, over patches drawn from all by chance.
  { name: 'all negatives, 40 steps', group: 'steps of fine-tuning', change: (e) => ((e.mining.hardNegativeRatio = 1), Object.assign(e.finetune, { epochs: 8, maxPatches: 5 * e.finetune.batch })) },
  { name: 'positives up to 30 %', group: 'share of positives mined', change: (e) => (e.mining.positiveRatio = { from: 0.1, to: 0.3, warmup: 1 }) },
  ...counts.map((count) => ({ name: `K ${count}`, group: 'K of the ranking loss', change: (e: Experiment) => (e.loss.topK = count) })),
  ...weights.map((weight) => ({ name: `ranking ${weight}`, group: 'weight of the ranking loss', change: (e: Experiment) => (e.loss.ranking = weight) })),
  { name: 'features standardised', group: 'beyond the paper', change: (e) => (e.aggregator.standardise = true) },
  { name: 'features as they are', group: 'beyond the paper', change: (e) => (e.aggregator.standardise = false) },
  { name: '4 restarts', group: 'beyond the paper', change: (e) => (e.optimizer.restarts = 4) },
  { name: '4 restarts, no fine-tuning', group: 'beyond the paper', change: (e) => (withoutFinetuning(e), (e.optimizer.restarts = 4)) },
  { name: 'no slide above a tenth of the bank', group: 'beyond the paper', change: (e) => (e.mining.perSlideCap = 0.1) },
];

function withoutFinetuning(experiment: Experiment): void {
  experiment.finetune.enabled = false;
  experiment.mining.rounds = 1;
}

import { crossEntropyOfLogit } from '../../../src/mil/losses/index.js';
import { accuracy, auroc, confusionAt, operatingPoints } from '../../../src/mil/metrics/index.js';
import type { Curve, ScoredPart } from './fit.js';

/** Test figures of one fold. */
export interface Figures {
  readonly accuracy: number;
  readonly auroc: number;
}

/** One fold, reported four ways; a bag is called positive from probability ½ on, but for the oracle. */
export interface Outcome {
  /** The networks that left the fold out vote, at the epoch that validation selects. */
  readonly selected: Figures;
  /** The mean of the same networks, each by itself at that epoch. */
  readonly single: Figures;
  /** They vote at the last epoch: nothing is selected. */
  readonly last: Figures;
  /** They vote at the epoch and the threshold that are best on test itself: what nobody can know. */
  readonly oracle: Figures;
}

/** Reports the bags of a fold as scored by `networks` that left it out, each with bags of its own to select by that none of them may have learned from. */
export function outcomeOf(networks: readonly Curve[]): Outcome {
  const epoch = selectedEpoch(networks.map(({ validation }) => validation));
  const test = vote(networks.map((network) => network.test));
  return {
    selected: figuresAt(test, epoch),
    single: meanFigures(networks.map((network) => figuresAt(vote([network.test]), epoch))),
    last: figuresAt(test, test.probabilities.length - 1),
    oracle: oracleOf(test),
  };
}

/** The mean of each figure. */
export function meanFigures(all: readonly Figures[]): Figures {
  return { accuracy: mean(all.map((figures) => figures.accuracy)), auroc: mean(all.map((figures) => figures.auroc)) };
}

/** Weighs the loss so that it decides only where the errors are the same. */
const tieBreak = 1e-4;

/**
 * The epoch with the fewest errors, and among those with the lowest loss. Errors are few, so each
 * epoch is judged together with the one before and the one after it: a single lucky epoch is no reason.
 */
function selectedEpoch(parts: readonly ScoredPart[]): number {
  const epochs = parts[0]!.logits.map((_, epoch) => mean(parts.flatMap((part) => penalties(part, epoch))));
  const smooth = epochs.map((_, epoch) => mean(epochs.slice(Math.max(0, epoch - 1), epoch + 2)));
  return smooth.indexOf(Math.min(...smooth));
}

/** Of each bag after `epoch`: 1 where the call is wrong, and a trifle of its cross-entropy. */
function penalties({ labels, logits }: ScoredPart, epoch: number): number[] {
  return labels.map((label, i) => {
    const score = logits[epoch]![i]!;
    return (score >= 0 === (label === 1) ? 0 : 1) + tieBreak * crossEntropyOfLogit(score, label as 0 | 1);
  });
}

/** The bags of a part, as one or several networks see them. */
interface Votes {
  readonly labels: readonly number[];
  /** [scored epochs][bags]; the mean of what each network says. */
  readonly probabilities: readonly (readonly number[])[];
}

function vote(parts: readonly ScoredPart[]): Votes {
  const { labels, logits } = parts[0]!;
  return { labels, probabilities: logits.map((scores, epoch) => scores.map((_, bag) => mean(parts.map((part) => 1 / (1 + Math.exp(-part.logits[epoch]![bag]!)))))) };
}

function figuresAt({ labels, probabilities }: Votes, epoch: number): Figures {
  const scores = probabilities[epoch]!;
  return { accuracy: accuracy(confusionAt(labels, scores, 0.5))!, auroc: auroc(operatingPoints(labels, scores)!) };
}

/** The best accuracy of any epoch at any threshold, and the best AUROC of any epoch. */
function oracleOf(test: Votes): Figures {
  const bestAt = (scores: readonly number[]) => Math.max(...[...scores, Infinity].map((threshold) => accuracy(confusionAt(test.labels, scores, threshold))!));
  return { accuracy: Math.max(...test.probabilities.map(bestAt)), auroc: Math.max(...test.probabilities.map((_, epoch) => figuresAt(test, epoch).auroc)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

import { crossEntropyOfLogit } from '../../../src/mil/losses/index.js';
import { accuracy, auroc, confusionAt, operatingPoints } from '../../../src/mil/metrics/index.js';
import type { ScoredPart } from './fit.js';

/** Test figures of one fold. */
export interface Figures {
  readonly accuracy: number;
  readonly auroc: number;
}

/** One training, reported three ways; a bag is called positive from probability ½ on, but for the oracle. */
export interface Outcome {
  /** At the epoch that validation selects. */
  readonly selected: Figures;
  /** At the last epoch: nothing is selected. */
  readonly last: Figures;
  /** At the epoch and the threshold that are best on test itself: what nobody can know. */
  readonly oracle: Figures;
}

/** Reports `test` at the epoch that the bags of `validation` select together; none of them may be a bag of `test`. */
export function outcomeOf(test: ScoredPart, validation: readonly ScoredPart[]): Outcome {
  return {
    selected: figuresAt(test, selectedEpoch(validation)),
    last: figuresAt(test, test.logits.length - 1),
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

function figuresAt({ labels, logits }: ScoredPart, epoch: number): Figures {
  const scores = logits[epoch]!;
  return { accuracy: accuracy(confusionAt(labels, scores, 0))!, auroc: auroc(operatingPoints(labels, scores)!) };
}

/** The best accuracy of any epoch at any threshold, and the best AUROC of any epoch. */
function oracleOf(test: ScoredPart): Figures {
  const { labels, logits } = test;
  const bestAt = (scores: readonly number[]) => Math.max(...[...scores, Infinity].map((threshold) => accuracy(confusionAt(labels, scores, threshold))!));
  return { accuracy: Math.max(...logits.map(bestAt)), auroc: Math.max(...logits.map((_, epoch) => figuresAt(test, epoch).auroc)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

import { crossEntropyOfLogit } from '../../../src/mil/losses/index.js';
import { accuracy, auroc, confusionAt, operatingPoints } from '../../../src/mil/metrics/index.js';
import type { Curve, ScoredPart } from './fit.js';

/** Test figures of one fold. */
export interface Figures {
  readonly accuracy: number;
  readonly auroc: number;
}

/** The same trainings, reported three ways; a bag is called positive from probability ½ on, but for the oracle. */
export interface Outcome {
  /** At the epoch that validation selects. */
  readonly selected: Figures;
  /** At the last epoch: nothing is selected. */
  readonly last: Figures;
  /** At the epoch and the threshold that are best on test itself: what nobody can know. */
  readonly oracle: Figures;
}

/**
 * Reports the networks that were trained without a test fold, each the same number of epochs and
 * with a validation part of its own. They share one epoch: the first where the validation error
 * plus the validation loss (Ilse et al. 2018, appendix), averaged over the networks, is lowest.
 * @returns the mean of the figures of the single networks.
 */
export function outcomeOf(networks: readonly Curve[]): Outcome {
  const epochs = networks[0]!.test.logits.map((_, epoch) => epoch);
  const selected = lowest(epochs, (epoch) => mean(networks.map(({ validation }) => errorAndLoss(validation, epoch))));
  return {
    selected: meanFigures(networks.map(({ test }) => figuresAt(test, selected))),
    last: meanFigures(networks.map(({ test }) => figuresAt(test, epochs.length - 1))),
    oracle: meanFigures(networks.map(({ test }) => oracleOf(test, epochs))),
  };
}

/** The curve with its two parts in each other's place: neither was seen in training. */
export function exchanged({ validation, test }: Curve): Curve {
  return { validation: test, test: validation };
}

/** The mean of each figure. */
export function meanFigures(all: readonly Figures[]): Figures {
  return { accuracy: mean(all.map((figures) => figures.accuracy)), auroc: mean(all.map((figures) => figures.auroc)) };
}

/** Share of wrong calls plus mean cross-entropy of the bags after `epoch`. */
function errorAndLoss({ labels, logits }: ScoredPart, epoch: number): number {
  const scores = logits[epoch]!;
  const loss = mean(labels.map((label, i) => crossEntropyOfLogit(scores[i]!, label as 0 | 1)));
  return 1 - accuracy(confusionAt(labels, scores, 0))! + loss;
}

function figuresAt({ labels, logits }: ScoredPart, epoch: number): Figures {
  const scores = logits[epoch]!;
  return { accuracy: accuracy(confusionAt(labels, scores, 0))!, auroc: auroc(operatingPoints(labels, scores)!) };
}

/** The best accuracy of any epoch at any threshold, and the best AUROC of any epoch. */
function oracleOf(test: ScoredPart, epochs: readonly number[]): Figures {
  const { labels, logits } = test;
  const bestAt = (scores: readonly number[]) => Math.max(...[...scores, Infinity].map((threshold) => accuracy(confusionAt(labels, scores, threshold))!));
  return { accuracy: Math.max(...logits.map(bestAt)), auroc: Math.max(...epochs.map((epoch) => figuresAt(test, epoch).auroc)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The first of those where `of` is lowest. */
function lowest(items: readonly number[], of: (item: number) => number): number {
  const values = items.map(of);
  return items[values.indexOf(Math.min(...values))]!;
}

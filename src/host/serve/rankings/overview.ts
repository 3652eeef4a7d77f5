import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sideNames } from '../../../shared/experiment/classes.js';
import type { RankedSlides, RankingOverview, RankingSubject } from '../../../shared/rpc/rankings.js';
import { runFiles } from '../../../shared/run/layout.js';
import { readRounds } from '../../../shared/run/read.js';
import { logitHistogram, probabilityHistogram } from './histogram.js';
import { scoredSplit, type ScoredSplit } from './scored-split.js';
import { slidePairs } from './slide-pairs.js';

/** Pairs of slides listed at most: 2 MB of message. */
const mostPairs = 100_000;

export async function rankingOverview(subject: RankingSubject): Promise<RankingOverview> {
  const scored = await scoredSplit(subject);
  const { material, round, rounds, selectedRound, table, slides } = scored;
  const { name, cohort, loss, mining } = material.experiment;
  const { count, ...pairs } = slidePairs(slides, loss.margin, mostPairs);
  return {
    name,
    classes: sideNames(cohort),
    split: subject.split,
    round,
    rounds,
    selectedRound,
    splits: existsSync(join(subject.run, runFiles.testScores)) ? ['train', 'validation', 'test'] : ['train', 'validation'],
    loss: { topK: loss.topK, margin: loss.margin, scoreSpace: loss.scoreSpace, weight: loss.ranking },
    candidateThreshold: mining.threshold,
    hardNegativeThreshold: subject.split === 'train' ? hardNegativeThreshold(subject.run, round) : null,
    patches: slides.reduce((sum, { start, end }) => sum + end - start, 0),
    slides: slideColumns(scored),
    pairCount: count,
    ...pairs,
    histograms: { logit: logitHistogram(table, slides), probability: probabilityHistogram(table, slides) },
  };
}

function hardNegativeThreshold(run: string, round: number): number | null {
  return readRounds(run).find(({ metrics }) => metrics.round === round)?.metrics.mining?.hardNegativeThreshold ?? null;
}

function slideColumns({ table, slides }: ScoredSplit): RankedSlides {
  const truths = slides.map(({ start, top }) => Array.from(top.indices, (index) => table.truth[start + index]!));
  const counted = (counts: (truth: number) => boolean) => Int32Array.from(truths, (truth) => truth.filter(counts).length);
  return {
    ids: slides.map(({ id }) => id),
    labels: Uint8Array.from(slides, ({ label }) => label),
    patches: Int32Array.from(slides, ({ start, end }) => end - start),
    topMeans: Float64Array.from(slides, ({ top }) => top.mean),
    known: counted((truth) => truth >= 0),
    trulyPositive: counted((truth) => truth === 1),
  };
}

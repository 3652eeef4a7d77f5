import { topInstances, type TopInstances } from '../../../mil/losses/top-instances.js';
import { HardmineError } from '../../../shared/errors.js';
import type { LossOptions } from '../../../shared/experiment/index.js';
import type { RankedSplit, RankingSubject } from '../../../shared/rpc/rankings.js';
import { readResult } from '../../../shared/run/read.js';
import { openRun, rankedScoresOf, roundsOf, scoresFile, type RankedTable, type RunMaterial } from '../run-material.js';

/** The rows of a slide in a score table, and what the ranking loss compares of them. */
export interface ScoredSlide {
  readonly id: string;
  readonly label: 0 | 1;
  /** Rows [start, end) of the table. */
  readonly start: number;
  readonly end: number;
  readonly top: TopInstances;
}

/** The scores of a split by a round. */
export interface ScoredSplit {
  readonly material: RunMaterial;
  readonly round: number;
  readonly rounds: readonly number[];
  readonly selectedRound: number | null;
  /** Where the table lies: it has more columns than were read. */
  readonly file: string;
  readonly table: RankedTable;
  /** In the order of the table, where the rows of a slide lie together. */
  readonly slides: readonly ScoredSlide[];
}

const known = new WeakMap<RankedTable, Map<RankedSplit, readonly ScoredSlide[]>>();

/** Reads the scores a subject names. @throws HardmineError `file-missing`, `run-damaged`, and as `openRun` does. */
export async function scoredSplit({ run, round: wanted, split }: RankingSubject): Promise<ScoredSplit> {
  const material = await openRun(run);
  const rounds = roundsOf(run);
  const selectedRound = readResult(run)?.selectedRound ?? null;
  const round = (split === 'test' ? selectedRound : wanted) ?? selectedRound ?? rounds.at(-1);
  if (round === undefined) throw new HardmineError('file-missing', 'No round of this run is complete yet.', { place: { file: run }, remedy: 'Wait for the first one: its scores show here.' });
  const scored = split === 'test' ? 'test' : round;
  const table = await rankedScoresOf(run, scored);
  const bySplit = known.get(table) ?? new Map<RankedSplit, readonly ScoredSlide[]>();
  const slides = bySplit.get(split) ?? slidesOf(table, split, material.experiment.loss);
  known.set(table, bySplit.set(split, slides));
  return { material, round, rounds, selectedRound, file: scoresFile(run, scored), table, slides };
}

/** The slide of that id. @throws HardmineError `slide-missing`. */
export function scoredSlide({ slides, round }: ScoredSplit, id: string): ScoredSlide {
  const slide = slides.find((candidate) => candidate.id === id);
  if (!slide) throw new HardmineError('slide-missing', `Round ${round} has no scores of this slide in the split shown.`, { place: { slide: id }, remedy: 'Choose another slide or split.' });
  return slide;
}

function slidesOf({ slide, split: splits, label, logit }: RankedTable, split: RankedSplit, loss: LossOptions): ScoredSlide[] {
  const slides: ScoredSlide[] = [];
  for (let start = 0, end = 1; start < slide.length; start = end, end = start + 1) {
    while (end < slide.length && slide[end] === slide[end - 1]) end++;
    if (splits[start] === split) slides.push({ id: slide[start]!, label: label[start] === 1 ? 1 : 0, start, end, top: topInstances(logit.subarray(start, end), loss) });
  }
  return slides;
}

import { join } from 'node:path';
import { hinge, shortfall, shortfalls } from '../../../mil/losses/ranking-pairs.js';
import { HardmineError } from '../../../shared/errors.js';
import type { PatchHistory, RankedPair, RankingSubject, TopPatches } from '../../../shared/rpc/rankings.js';
import { roundFiles, roundFolder } from '../../../shared/run/layout.js';
import { readTable } from '../../../shared/run/parquet.js';
import { roles, type Role } from '../../../shared/run/tables.js';
import { scoredSlide, scoredSplit, type ScoredSlide, type ScoredSplit } from './scored-split.js';

export async function rankingPair(subject: RankingSubject, positive: string, negative: string): Promise<RankedPair> {
  const scored = await scoredSplit(subject);
  const { margin } = scored.material.experiment.loss;
  const [of, against] = [scoredSlide(scored, positive), scoredSlide(scored, negative)];
  return {
    positive: topPatches(scored, of),
    negative: topPatches(scored, against),
    shortfalls: shortfalls(of.top, against.top, margin),
    shortfall: orNull(shortfall(of.top.mean, against.top.mean, margin)),
    hinge: orNull(hinge(of.top.mean, against.top.mean, margin)),
  };
}

/** Ranks of patches of a slide in every complete round; of a test slide in the one that scored it. */
export async function rankHistory(subject: RankingSubject, id: string, indices: Int32Array): Promise<PatchHistory> {
  const scored = await scoredSplit(subject);
  const slide = scoredSlide(scored, id);
  const rounds = subject.split === 'test' ? [scored.round] : scored.rounds;
  const ranks = new Int32Array(rounds.length * indices.length);
  const logits = new Float32Array(ranks.length);
  for (const [row, round] of rounds.entries()) {
    const { rank, logit } = round === scored.round ? rowsOf(scored, slide) : await rowsOfRound(subject.run, round, slide);
    indices.forEach((index, column) => {
      ranks[row * indices.length + column] = rank[index]!;
      logits[row * indices.length + column] = logit[index]!;
    });
  }
  return { rounds: Int32Array.from(rounds), ranks, logits };
}

type Ranked = { readonly rank: Int32Array; readonly logit: Float32Array };

function rowsOf({ table }: ScoredSplit, { start, end }: ScoredSlide): Ranked {
  return { rank: table.rank.subarray(start, end), logit: table.logit.subarray(start, end) };
}

/** Every round of a run lists the same patches in the same rows, so only those of the slide are read. */
async function rowsOfRound(run: string, round: number, { id, start, end }: ScoredSlide): Promise<Ranked> {
  const file = join(run, roundFolder(round), roundFiles.scores);
  const { slide, ...rows } = await readTable(file, { slide: 'STRING', rank: 'INT32', logit: 'FLOAT' }, { start, end });
  if (slide.length !== end - start || slide.some((name) => name !== id)) throw new HardmineError('run-damaged', 'This round lists other patches than the one shown.', { place: { file, slide: id }, remedy: 'Its files were mixed up or changed by hand; look at each round alone.' });
  return rows;
}

function topPatches({ table, material }: ScoredSplit, { id, start, top }: ScoredSlide): TopPatches {
  const rows = top.indices.map((index) => start + index);
  return {
    slide: id,
    path: material.slides.get(id)?.path ?? '',
    indices: top.indices,
    x: Float64Array.from(rows, (row) => table.x[row]!),
    y: Float64Array.from(rows, (row) => table.y[row]!),
    size: Float64Array.from(rows, (row) => table.size[row]!),
    logit: Float32Array.from(rows, (row) => table.logit[row]!),
    score: Float32Array.from(rows, (row) => table.score[row]!),
    values: top.values,
    mean: orNull(top.mean),
    truth: Int8Array.from(rows, (row) => table.truth[row]!),
    roles: Uint8Array.from(rows, (row) => Math.max(0, roles.indexOf(table.role[row] as Role))),
  };
}

/** A view hears NaN as null: then it is told so. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

import { hinge, shortfall, shortfalls } from '../../../mil/losses/ranking-pairs.js';
import { HardmineError } from '../../../shared/errors.js';
import type { PatchHistory, RankedPair, RankingSubject, TopPatches } from '../../../shared/rpc/rankings.js';
import { readTable, type Table } from '../../../shared/run/parquet.js';
import { roles, scoreColumns, type Role } from '../../../shared/run/tables.js';
import { scoresFile } from '../run-material.js';
import { scoredSlide, scoredSplit, type ScoredSlide, type ScoredSplit } from './scored-split.js';

export async function rankingPair(subject: RankingSubject, positive: string, negative: string): Promise<RankedPair> {
  const scored = await scoredSplit(subject);
  const { margin } = scored.material.experiment.loss;
  const [of, against] = [scoredSlide(scored, positive), scoredSlide(scored, negative)];
  return {
    positive: await topPatches(scored, of),
    negative: await topPatches(scored, against),
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
    const { rank, logit } = await rowsOf(subject.split === 'test' ? scored.file : scoresFile(subject.run, round), slide, { rank: 'INT32', logit: 'FLOAT' });
    indices.forEach((index, column) => {
      ranks[row * indices.length + column] = rank[index]!;
      logits[row * indices.length + column] = logit[index]!;
    });
  }
  return { rounds: Int32Array.from(rounds), ranks, logits };
}

/** Columns of one slide's rows. Every round of a run lists the same patches in the same rows, so only those are read. */
async function rowsOf<Columns extends Partial<typeof scoreColumns>>(file: string, { id, start, end }: ScoredSlide, columns: Columns): Promise<Table<Columns>> {
  const { slide, ...rows } = await readTable(file, { slide: scoreColumns.slide, ...columns }, { start, end });
  if (slide.length !== end - start || slide.some((name) => name !== id)) throw new HardmineError('run-damaged', 'This round lists other patches than the one shown.', { place: { file, slide: id }, remedy: 'Its files were mixed up or changed by hand; look at each round alone.' });
  return rows as Table<Columns>;
}

async function topPatches({ table, file, material }: ScoredSplit, slide: ScoredSlide): Promise<TopPatches> {
  const { id, start, top } = slide;
  const { x, y, size, role } = scoreColumns;
  const places = await rowsOf(file, slide, { x, y, size, role });
  const rows = top.indices.map((index) => start + index);
  return {
    slide: id,
    path: material.slides.get(id)?.path ?? '',
    indices: top.indices,
    x: Float64Array.from(top.indices, (index) => places.x[index]!),
    y: Float64Array.from(top.indices, (index) => places.y[index]!),
    size: Float64Array.from(top.indices, (index) => places.size[index]!),
    logit: Float32Array.from(rows, (row) => table.logit[row]!),
    score: Float32Array.from(rows, (row) => table.score[row]!),
    values: top.values,
    mean: orNull(top.mean),
    truth: Int8Array.from(rows, (row) => table.truth[row]!),
    roles: Uint8Array.from(top.indices, (index) => Math.max(0, roles.indexOf(places.role[index] as Role))),
  };
}

/** A view hears NaN as null: then it is told so. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

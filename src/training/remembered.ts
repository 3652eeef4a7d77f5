import { rememberedScores } from '../mining/index.js';
import type { MiningOptions } from '../shared/experiment/index.js';
import { readTable } from '../shared/run/parquet.js';
import { scoreColumns } from '../shared/run/tables.js';
import { RoundCheckpoint } from './checkpoint.js';

/** The scores a round mines by: its own, or with a memory those of the rounds before too. @param before what the last round mined by. */
export function minedBy(before: Float32Array | Float64Array | undefined, scores: Float32Array, { scoreMemory }: Pick<MiningOptions, 'scoreMemory'>): Float32Array | Float64Array {
  return scoreMemory === 0 ? scores : rememberedScores(before, scores, scoreMemory);
}

/**
 * What round `round` of a run mined by, of its training patches: no file holds it, the scores of the rounds up to it do.
 * @param count training patches, whose rows come first in each table. @throws HardmineError `run-damaged`, `file-missing`.
 */
export async function recallMinedBy(runFolder: string, round: number, count: number, options: Pick<MiningOptions, 'scoreMemory'>): Promise<Float32Array | Float64Array> {
  let scores: Float32Array | Float64Array | undefined;
  for (let earlier = options.scoreMemory === 0 ? round : 1; earlier <= round; earlier++) {
    const { score } = await readTable(new RoundCheckpoint(runFolder, earlier).file('scores'), { score: scoreColumns.score });
    scores = minedBy(scores, score.subarray(0, count), options);
  }
  return scores!;
}

import { HardmineError } from '../../shared/errors.js';
import type { RoundOfPatch } from '../../shared/rpc/explain.js';
import { readTable } from '../../shared/run/parquet.js';
import { scoreColumns } from '../../shared/run/tables.js';
import { rankedScoresOf, roundsOf, scoresFile, type RankedTable } from '../serve/run-material.js';
import { patchOf, type Subject } from './subject.js';

/**
 * What every complete round made of the patch; of a test patch, the one that scored it.
 * @throws HardmineError `run-damaged` where a round lists another patch in its row.
 */
export async function historyOf(subject: Subject): Promise<RoundOfPatch[]> {
  const { material, round, table, row } = subject;
  const { run } = material;
  if (table.split[row] === 'test') return [entry(round, subject, quantileOf(await rankedScoresOf(run, round), table.score[row]!))];
  const history: RoundOfPatch[] = [];
  for (const each of roundsOf(run)) {
    const scored = each === round ? subject : await sameRow(subject, each);
    history.push(entry(each, scored, quantileOf(await rankedScoresOf(run, each), scored.table.score[scored.row]!)));
  }
  return history;
}

type RowOf = Pick<Subject, 'table' | 'row'>;

function entry(round: number, { table, row }: RowOf, quantile: number | null): RoundOfPatch {
  const { score, logit, rank, role } = patchOf(table, row);
  return { round, score, logit, rank, quantile, role };
}

/** The row of the patch in another round: every round of a run lists the same patches in the same rows. */
async function sameRow({ material, table, row }: Subject, round: number): Promise<RowOf> {
  const file = scoresFile(material.run, round);
  const one = await readTable(file, scoreColumns, { start: row, end: row + 1 });
  const isSame = one.slide[0] === table.slide[row] && Object.is(one.x[0], table.x[row]) && Object.is(one.y[0], table.y[row]);
  if (!isSame) throw new HardmineError('run-damaged', 'This round lists other patches than the one shown.', { place: { file }, remedy: 'Its files were mixed up or changed by hand; look at each round alone.' });
  return { table: one, row: 0 };
}

/** Share of the patches of negative train slides that score lower; null where there are none. */
function quantileOf({ split, label, score }: RankedTable, than: number): number | null {
  let [negatives, lower] = [0, 0];
  for (let row = 0; row < score.length; row++) {
    if (label[row] !== 0 || split[row] !== 'train') continue;
    negatives++;
    if (score[row]! < than) lower++;
  }
  return negatives === 0 ? null : lower / negatives;
}

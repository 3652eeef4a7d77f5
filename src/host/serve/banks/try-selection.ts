import { selectHardNegatives } from '../../../mining/index.js';
import { judgementsFile, readJudgements } from '../../../shared/judgements/file.js';
import { verdictsOf } from '../../../shared/judgements/match.js';
import { standingJudgements } from '../../../shared/judgements/standing.js';
import { changes, type SelectionOptions, type TriedSelection } from '../../../shared/rpc/banks.js';
import { openRun, scoresOf } from '../run-material.js';
import { byScore, patchColumns, trainingPatches } from './training-patches.js';

/** As many patches that would come in are described; a grid of more is browsed by nobody. */
const described = 100_000;

/** What other options would mine from the scores of a round: the very selection the rounds use, under the judgements as they stand now. @throws HardmineError as `scoresOf`. */
export async function trySelection(run: string, round: number, options: SelectionOptions): Promise<TriedSelection> {
  const [{ experiment, experimentFolder }, table] = await Promise.all([openRun(run), scoresOf(run, round)]);
  const patches = trainingPatches(table);
  const standing = standingJudgements(readJudgements(judgementsFile(experiment, experimentFolder)).judgements);
  const verdictOf = standing.length === 0 ? undefined : verdictsOf(patches, patches.slides, standing);
  const { patches: selected, threshold } = selectHardNegatives(patches, options, verdictOf);
  const chosen = new Uint8Array(patches.count);
  for (const row of selected) chosen[row] = 1;
  const isMined = (row: number): boolean => table.role[row] === 'hard-negative';
  const entering = byScore(table, selected.filter((row) => !isMined(row)));
  const leaving: number[] = [];
  for (let row = 0; row < patches.count; row++) if (isMined(row) && !chosen[row]) leaving.push(row);
  return {
    hardNegatives: selected.length,
    threshold,
    stay: selected.length - entering.length,
    leaving: Int32Array.from(leaving),
    enter: entering.length,
    entering: patchColumns(table, entering.slice(0, described), () => 'hard-negative', () => changes.indexOf('new')),
  };
}

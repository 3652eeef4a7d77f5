import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sideNames } from '../../../shared/experiment/classes.js';
import { judgementsFile } from '../../../shared/judgements/file.js';
import { changes, type BankOverview, type BankPatches, type BankRound } from '../../../shared/rpc/banks.js';
import { roundFiles, roundFolder } from '../../../shared/run/layout.js';
import { readTable } from '../../../shared/run/parquet.js';
import { readRounds } from '../../../shared/run/read.js';
import { scoreColumns } from '../../../shared/run/tables.js';
import { openRun, scoresOf } from '../run-material.js';
import { byScore, patchColumns, trainingPatches } from './training-patches.js';

const [isNew, isKept, isDropped] = changes.map((_, code) => code) as [number, number, number];

/** How the bank of a run changed from round to round. @throws HardmineError as `openRun`. */
export async function bankOverview(run: string): Promise<BankOverview> {
  const { experiment, experimentFolder } = await openRun(run);
  const file = judgementsFile(experiment, experimentFolder);
  const { hardNegativeRatio, perSlideCap } = experiment.mining;
  return { name: experiment.name, classes: sideNames(experiment.cohort), rounds: bankRounds(run), options: { hardNegativeRatio, perSlideCap }, ...(file === undefined ? {} : { judgementsFile: file }) };
}

function bankRounds(run: string): BankRound[] {
  const rounds: BankRound[] = [];
  for (const { metrics } of readRounds(run)) {
    const { round, mining } = metrics;
    if (mining) rounds.push({ round, hardNegatives: mining.hardNegatives, positives: mining.positives, added: mining.added, kept: mining.kept, dropped: mining.dropped });
    // A round that does not mine keeps the bank of the one before.
    else if (rounds.length > 0) rounds.push({ ...rounds.at(-1)!, round, added: 0, kept: rounds.at(-1)!.hardNegatives + rounds.at(-1)!.positives, dropped: 0 });
  }
  return rounds;
}

/**
 * What a round mined, highest scores first, and behind it what it dropped. Rows of the score tables of a run
 * mean the same patch in every round, so nothing has to be matched by place.
 * @throws HardmineError `file-missing`, `run-damaged`.
 */
export async function readBankPatches(run: string, round: number): Promise<BankPatches> {
  const [table, before] = await Promise.all([scoresOf(run, round), rolesBefore(run, round)]);
  const { count } = trainingPatches(table);
  const [mined, dropped]: [number[], number[]] = [[], []];
  for (let row = 0; row < count; row++) {
    if (table.role[row] !== 'none') mined.push(row);
    else if (before && before[row] !== 'none') dropped.push(row);
  }
  const rows = new Int32Array(mined.length + dropped.length);
  rows.set(byScore(table, Int32Array.from(mined)));
  rows.set(byScore(table, Int32Array.from(dropped)), mined.length);
  return patchColumns(
    table,
    rows,
    (row) => (table.role[row] === 'none' ? before![row]! : table.role[row]!),
    (place) => (place >= mined.length ? isDropped : before && before[rows[place]!] === table.role[rows[place]!] ? isKept : isNew),
  );
}

async function rolesBefore(run: string, round: number): Promise<string[] | undefined> {
  const file = join(run, roundFolder(round - 1), roundFiles.scores);
  return round > 1 && existsSync(file) ? (await readTable(file, { role: scoreColumns.role })).role : undefined;
}

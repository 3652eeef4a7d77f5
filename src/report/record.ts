import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { HardmineError } from '../shared/errors.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { RunEvent } from '../shared/run/events.js';
import { readKeptExperiment } from '../shared/run/experiment.js';
import { roundFiles, runFiles } from '../shared/run/layout.js';
import type { RoundMetrics, RunResult } from '../shared/run/metrics.js';
import { readTable, type BankTable } from '../shared/run/parquet.js';
import { readOracle, type OracleEpoch } from '../shared/run/oracle.js';
import { readJournal, readLineage, readResult, readRounds, readStatus } from '../shared/run/read.js';
import type { Lineage, RunStatus } from '../shared/run/state.js';
import { bankColumns } from '../shared/run/tables.js';

/** All that a report tells, read from a run folder; parts a run has not reached are undefined or empty. */
export interface RunRecord {
  readonly folder: string;
  /** Relative paths of the experiment start here. */
  readonly experimentFolder: string;
  readonly experiment: Experiment;
  readonly status: RunStatus | undefined;
  readonly lineage: Lineage | undefined;
  readonly events: readonly RunEvent[];
  readonly rounds: readonly RoundMetrics[];
  readonly result: RunResult | undefined;
  /** The test slides after each epoch; undefined where nobody asked. */
  readonly oracle: readonly OracleEpoch[] | undefined;
  /** What the selected round mined, or else the last round that mined. */
  readonly bank: { readonly round: number; readonly table: BankTable } | undefined;
}

/** @param oracle whether the oracle numbers are told. @throws HardmineError `run-damaged`; `usage` where the run has none. */
export async function readRecord(folder: string, oracle = false): Promise<RunRecord> {
  const status = readStatus(folder);
  const journal = join(folder, runFiles.events);
  const rounds = readRounds(folder);
  const result = readResult(folder);
  return {
    folder,
    // A run folder that lost its experiment file still lies in .mil/runs beside it, unless --out said otherwise.
    experimentFolder: status ? dirname(status.experimentFile) : resolve(folder, '../../..'),
    experiment: readExperiment(folder),
    status,
    lineage: readLineage(folder),
    events: existsSync(journal) ? readJournal(journal).events : [],
    rounds: rounds.map(({ metrics }) => metrics),
    result,
    oracle: oracle ? oracleOf(folder) : undefined,
    bank: await readBankOf(rounds.map(({ folder: round, metrics }) => ({ round: metrics.round, file: join(round, roundFiles.bank) })), result?.selectedRound),
  };
}

function oracleOf(folder: string): OracleEpoch[] {
  const epochs = readOracle(folder);
  if (epochs) return epochs;
  throw new HardmineError('usage', `The run ${basename(folder)} did not score its test slides each epoch.`, { place: { file: join(folder, runFiles.experiment) }, remedy: 'Set evaluation.oracle to true and train again, or leave --oracle out.' });
}

async function readBankOf(banks: readonly { round: number; file: string }[], selected: number | undefined): Promise<RunRecord['bank']> {
  const written = banks.filter(({ file }) => existsSync(file));
  const chosen = written.find(({ round }) => round === selected) ?? written.at(-1);
  return chosen && { round: chosen.round, table: await readTable(chosen.file, bankColumns) };
}

function readExperiment(folder: string): Experiment {
  const file = join(folder, runFiles.experiment);
  try {
    return readKeptExperiment(folder);
  } catch (error) {
    throw new HardmineError('run-damaged', `The experiment of the run ${basename(folder)} cannot be read.`, { place: { file }, remedy: 'Check that this is a run folder; it may have been written by another version.', cause: error });
  }
}

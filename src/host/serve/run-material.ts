import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { CohortSlide, SplitName } from '../../cohort/contract.js';
import { readCohort } from '../../cohort/table/cohort.js';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { roundFiles, roundFolder, runFiles } from '../../shared/run/layout.js';
import { readTable, type BankTable, type ScoreTable, type Table } from '../../shared/run/parquet.js';
import { readLineage, readRounds, readStatus } from '../../shared/run/read.js';
import { bankColumns, scoreColumns } from '../../shared/run/tables.js';
import { readRunExperiment } from '../run/folder.js';

/** A slide of a run, as its cohort table and its split say. */
export interface RunSlide extends CohortSlide {
  /** Undefined before the run has split its cohort. */
  readonly split: SplitName | undefined;
}

/** A run folder, opened for people to look at. */
export interface RunMaterial {
  /** Absolute run folder. */
  readonly run: string;
  readonly experiment: Experiment;
  /** Relative paths of the experiment start here. */
  readonly experimentFolder: string;
  readonly experimentFile: string;
  /** By slide id, in the order of the cohort table. */
  readonly slides: ReadonlyMap<string, RunSlide>;
}

/** Memory that cached tables may take, bytes; a row of scores takes about 60 and its strings are shared. */
const tableBytes = 1.5 * 2 ** 30;
const rowBytes = { scores: 60, ranked: 28, bank: 48 } as const;

/** What the ranking of all patches needs of a score table; the rest is read for the slides looked at. */
const { slide, split, label, logit, score, truth } = scoreColumns;
const rankedColumns = { slide, split, label, logit, score, truth } as const;
export type RankedTable = Table<typeof rankedColumns>;

type AnyTable = ScoreTable | RankedTable | BankTable;
const tables = new LRUCache<string, { readonly modified: number; readonly table: Promise<AnyTable>; readonly bytes: number }>({ maxSize: tableBytes, sizeCalculation: ({ bytes }) => Math.max(1, bytes) });

/** Opens a run. @throws HardmineError `file-missing`, `run-damaged`, `cohort-unreadable`, `cohort-invalid`. */
export async function openRun(run: string): Promise<RunMaterial> {
  const experiment = readRunExperiment(run);
  const experimentFile = readStatus(run)?.experimentFile ?? join(resolve(run, '../../..'), `${experiment.name}.mil.json`);
  const experimentFolder = dirname(experimentFile);
  const { slides } = await readCohort(experiment.cohort, experimentFolder, { needSlides: false });
  const split = readLineage(run)?.split;
  return { run, experiment, experimentFile, experimentFolder, slides: new Map(slides.map((slide) => [slide.id, { ...slide, split: split?.[slide.id] }])) };
}

/** The slide of that id. @throws HardmineError `slide-missing` when the cohort table has none, or names no file for it. */
export function slideOf({ slides, experiment, experimentFolder }: RunMaterial, id: string): RunSlide {
  const slide = slides.get(id);
  const place = { file: resolve(experimentFolder, experiment.cohort.table), slide: id };
  if (!slide) throw new HardmineError('slide-missing', 'The cohort table has no such slide any more.', { place, remedy: 'Put its row back.' });
  if (slide.path === '') throw new HardmineError('slide-missing', 'The cohort table names no file for this slide.', { place, remedy: 'Add a path column to see its pixels.' });
  return slide;
}

/** Numbers of the complete rounds, first to last. */
export function roundsOf(run: string): number[] {
  return readRounds(run).map(({ metrics }) => metrics.round);
}

/** Scores of all patches by a round, kept in memory while there is room. @throws HardmineError `file-missing`, `run-damaged`. */
export function scoresOf(run: string, round: number): Promise<ScoreTable> {
  return cached(scoresFile(run, round), 'scores', (file) => readTable(file, scoreColumns));
}

/** Scores of the test slides, written once when a run is done. @throws as `scoresOf`. */
export function testScoresOf(run: string): Promise<ScoreTable> {
  return cached(scoresFile(run, 'test'), 'scores', (file) => readTable(file, scoreColumns));
}

/** The same rows with fewer columns, in about half the time. @throws as `scoresOf`. */
export function rankedScoresOf(run: string, round: number | 'test'): Promise<RankedTable> {
  return cached(scoresFile(run, round), 'ranked', (file) => readTable(file, rankedColumns));
}

/** The score table of a round, or of the test slides. */
export function scoresFile(run: string, round: number | 'test'): string {
  return round === 'test' ? join(run, runFiles.testScores) : join(run, roundFolder(round), roundFiles.scores);
}

/** What a round mined. @throws as `scoresOf`; `file-missing` where the round mined nothing. */
export function bankOf(run: string, round: number): Promise<BankTable> {
  return cached(join(run, roundFolder(round), roundFiles.bank), 'bank', (file) => readTable(file, bankColumns));
}

async function cached<Table extends AnyTable>(file: string, kind: keyof typeof rowBytes, read: (file: string) => Promise<Table>): Promise<Table> {
  const { mtimeMs, size } = await stat(file).catch((cause: unknown) => {
    throw new HardmineError('file-missing', `There is no ${basename(file)} here yet.`, { place: { file }, remedy: 'A round writes it when it is complete; wait for it, or choose another round.', cause });
  });
  const key = `${kind}:${file}`;
  const known = tables.get(key);
  if (known?.modified === mtimeMs) return known.table as Promise<Table>;
  const table = read(file);
  // Until it is read, its rows are guessed from the file: about twenty bytes a row after compression.
  const guess = Math.ceil(size / 20) * rowBytes[kind];
  tables.set(key, { modified: mtimeMs, table, bytes: Math.min(guess, tableBytes) });
  table.catch(() => tables.delete(key));
  return table;
}

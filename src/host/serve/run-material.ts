import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { CohortSlide, SplitName } from '../../cohort/contract.js';
import { readCohort } from '../../cohort/table/cohort.js';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { roundFiles, roundFolder, runFiles } from '../../shared/run/layout.js';
import { readTable, type BankTable, type ScoreTable } from '../../shared/run/parquet.js';
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
const rowBytes = { scores: 60, bank: 48 } as const;

const tables = new LRUCache<string, { readonly modified: number; readonly table: Promise<ScoreTable> | Promise<BankTable>; readonly bytes: number }>({ maxSize: tableBytes, sizeCalculation: ({ bytes }) => Math.max(1, bytes) });

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
  return cached(join(run, roundFolder(round), roundFiles.scores), rowBytes.scores, (file) => readTable(file, scoreColumns));
}

/** Scores of the test slides, written once when a run is done. @throws as `scoresOf`. */
export function testScoresOf(run: string): Promise<ScoreTable> {
  return cached(join(run, runFiles.testScores), rowBytes.scores, (file) => readTable(file, scoreColumns));
}

/** What a round mined. @throws as `scoresOf`; `file-missing` where the round mined nothing. */
export function bankOf(run: string, round: number): Promise<BankTable> {
  return cached(join(run, roundFolder(round), roundFiles.bank), rowBytes.bank, (file) => readTable(file, bankColumns));
}

async function cached<Table extends ScoreTable | BankTable>(file: string, bytesPerRow: number, read: (file: string) => Promise<Table>): Promise<Table> {
  const { mtimeMs, size } = await stat(file).catch((cause: unknown) => {
    throw new HardmineError('file-missing', `There is no ${basename(file)} here yet.`, { place: { file }, remedy: 'A round writes it when it is complete; wait for it, or choose another round.', cause });
  });
  const known = tables.get(file);
  if (known?.modified === mtimeMs) return known.table as Promise<Table>;
  const table = read(file);
  // Until it is read, its rows are guessed from the file: about twenty bytes a row after compression.
  const guess = Math.ceil(size / 20) * bytesPerRow;
  tables.set(file, { modified: mtimeMs, table: table as Promise<ScoreTable>, bytes: Math.min(guess, tableBytes) });
  table.catch(() => tables.delete(file));
  return table;
}

import { existsSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { tilingSchema } from '../../shared/experiment/data.js';
import type { ExperimentInput } from '../../shared/experiment/index.js';
import { replaceFile, replaceJson } from '../../shared/files.js';
import type { InferredCohort, InferredSlide } from './contract.js';

/** The default of `tiling.mpp`. */
const usualMpp = tilingSchema.parse({}).mpp;

/** The files of a new experiment, absolute. */
export interface NewExperiment {
  readonly experimentFile: string;
  readonly cohortFile: string;
}

/**
 * Writes `cohort.csv` and `NAME.mil.json` for what was inferred; where a name is taken, the next free
 * one (`cohort-2.csv`), so that nothing is ever written over.
 * @param folder the one looked at. @param out the one written to.
 * @throws HardmineError `disk-full`, `file-denied`.
 */
export function writeExperiment(cohort: InferredCohort, folder: string, out: string, name = nameOf(folder)): NewExperiment {
  const cohortFile = free(out, 'cohort', '.csv');
  const experimentFile = free(out, name, '.mil.json');
  replaceFile(cohortFile, cohortTable(cohort));
  replaceJson(experimentFile, experimentOf(cohort, folder, out, name, basename(cohortFile)));
  return { experimentFile, cohortFile };
}

/** Empty cells where nothing is known: the check names each of them. */
function cohortTable({ kind, slides }: InferredCohort): string {
  const columns: (readonly [string, (slide: InferredSlide) => string])[] = [
    ['slide_id', ({ id }) => id],
    ...(kind === 'slides' ? [['path', ({ file }: InferredSlide) => file] as const] : []),
    ['label', ({ label }) => label ?? ''],
    // A column of empty cells would be an error in each row; none at all is one warning.
    ...(slides.some(({ patient }) => patient !== undefined) ? [['patient_id', ({ patient, id }: InferredSlide) => patient ?? id] as const] : []),
    ...(slides.some(({ mpp }) => mpp !== undefined) ? [['mpp', ({ mpp }: InferredSlide) => mpp ?? ''] as const] : []),
  ];
  const rows = [columns.map(([title]) => title), ...slides.map((slide) => columns.map(([, cell]) => cell(slide)))];
  return rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

function experimentOf({ kind, features, classes, negative, coarsest = 0 }: InferredCohort, folder: string, out: string, name: string, table: string): ExperimentInput {
  const elsewhere = resolve(folder) !== resolve(out);
  return {
    name,
    cohort: { table, ...(kind === 'slides' && elsewhere ? { slides: pathFrom(out, folder) } : {}), ...(classes ? { classes: [classes[0], classes[1], ...classes.slice(2)] } : {}), ...(negative ? {} : { negative }) },
    // Patches finer than a slide would be made-up pixels.
    ...(coarsest > usualMpp ? { tiling: { mpp: coarsest } } : {}),
    ...(kind === 'features' ? { encoder: { kind: 'features', folder: pathFrom(out, join(folder, features ?? '.')) } } : {}),
    // Stored features never change, and without negative slides nothing is mined: a second round would repeat the first.
    ...(kind === 'features' || !negative ? { mining: { rounds: 1 } } : {}),
  };
}

/** With forward slashes, so that the file serves on every system; absolute only across drives. */
function pathFrom(from: string, to: string): string {
  const path = relative(from, to);
  return path === '' ? '.' : isAbsolute(path) ? path : path.replace(/\\/g, '/');
}

/** A name the experiment schema takes. */
function nameOf(folder: string): string {
  const name = basename(resolve(folder)).replace(/[^\p{L}\p{N} ._-]+/gu, '-').replace(/^[^\p{L}\p{N}]+/u, '');
  return name.slice(0, 80) || 'experiment';
}

function free(folder: string, name: string, type: string): string {
  for (let copy = 1; ; copy++) {
    const file = join(folder, `${name}${copy === 1 ? '' : `-${copy}`}${type}`);
    if (!existsSync(file)) return file;
  }
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

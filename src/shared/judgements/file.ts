import { appendFileSync, closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics.js';
import type { Experiment } from '../experiment/index.js';
import { fileError } from '../files.js';
import type { Judgement } from './format.js';
import { judgementLine } from './line.js';
import { parseJudgements, type Judgements } from './parse.js';

/** Absolute path of an experiment's judgements; undefined where it wants none. The file need not exist. */
export function judgementsFile({ mining }: Experiment, experimentFolder: string): string | undefined {
  return mining.judgements === '' ? undefined : resolve(experimentFolder, mining.judgements);
}

/** Reads a judgements file; one that is not there holds none. @throws HardmineError `file-denied`. */
export function readJudgements(file: string | undefined): Judgements {
  if (file === undefined) return { judgements: [], problems: [] };
  try {
    return parseJudgements(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { judgements: [], problems: [] };
    throw fileError(error, file);
  }
}

/**
 * Adds a judgement at the end of the file, which is made when it is not there. Lines are only ever added, so
 * two people who judge on two branches merge without a conflict where git is told to keep both sides
 * (`judgements.jsonl merge=union` in .gitattributes).
 * @throws HardmineError `disk-full`, `file-denied`, `file-missing`.
 */
export function appendJudgement(file: string, judgement: Judgement): void {
  try {
    appendFileSync(file, `${endsInLine(file) ? '' : '\n'}${judgementLine(judgement)}\n`);
  } catch (error) {
    throw fileError(error, file);
  }
}

/** What is wrong with the judgements of an experiment, line by line. */
export function checkJudgements(experiment: Experiment, experimentFolder: string): Diagnostic[] {
  const file = judgementsFile(experiment, experimentFolder);
  return readJudgements(file).problems.map(({ line, message }) => ({
    severity: 'error',
    code: 'judgements-invalid',
    message,
    remedy: 'Repair the line or remove it; each line is {"slide", "x", "y", "size", "verdict", "time"}.',
    place: { file: file!, line },
  }));
}

/** Whether the next line can follow at once: the file is not there, is empty, or its last line was ended. */
function endsInLine(file: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return true;
  }
  try {
    const { size } = fstatSync(descriptor);
    const last = Buffer.alloc(1);
    return size === 0 || (readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] === 10);
  } finally {
    closeSync(descriptor);
  }
}

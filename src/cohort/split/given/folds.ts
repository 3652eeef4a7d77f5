import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HardmineError } from '../../../shared/errors.js';
import type { SplitOptions } from '../../../shared/experiment/index.js';
import { fileError } from '../../../shared/files.js';
import type { CohortSlide } from '../../contract.js';
import type { SplitPart } from '../draw.js';
import { readSplitTable, type GivenSplit } from './assign.js';
import { readStamp, stampFold } from './stamp.js';

/** A given split of one fold or several. */
export interface GivenFolds {
  readonly count: number;
  /** @param fold counted from 1. */
  read(fold: number, slides: readonly CohortSlide[], options: SplitOptions, part: SplitPart): GivenSplit;
  /** The file a fold stands in. */
  fileOf(fold: number): string;
}

/**
 * Opens a given split: one CSV of any layout, the `splits.json` of STAMP, or a folder of one file a fold.
 * @throws HardmineError `split-invalid`, `file-missing`, `file-denied`.
 */
export function openGivenFolds(path: string): GivenFolds {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw fileError(Object.assign(new Error('ENOENT'), { code: 'ENOENT' }), path);
  if (!found.isDirectory()) return path.toLowerCase().endsWith('.json') ? ofStamp(path) : ofTables([path]);
  const names = readdirSync(path);
  const tables = foldFiles(names.filter((name) => /\.csv$/i.test(name)));
  if (tables.length > 0) return ofTables(tables.map((name) => join(path, name)));
  if (names.includes('splits.json')) return ofStamp(join(path, 'splits.json'));
  throw new HardmineError('split-invalid', 'This folder holds no split.', { place: { file: path }, remedy: 'It needs one CSV a fold (splits_0.csv …, fold0.csv …, fold-1.csv …), or the splits.json of STAMP.' });
}

/** Fold by fold in the order of the last number of their names; of CLAM's three files a fold the one with the ids. */
function foldFiles(names: readonly string[]): string[] {
  const all = new Set(names);
  const wanted = names.filter((name) => !/_descriptor\.csv$/i.test(name) && !(/_bool\.csv$/i.test(name) && all.has(name.replace(/_bool\.csv$/i, '.csv'))));
  const number = (name: string): number => Number(/(\d+)(?!.*\d)/.exec(basename(name))?.[1] ?? -1);
  return wanted.filter((name) => number(name) >= 0).sort((a, b) => number(a) - number(b) || (a < b ? -1 : 1));
}

function ofTables(files: readonly string[]): GivenFolds {
  return { count: files.length, read: (fold, slides) => readSplitTable(files[fold - 1]!, slides), fileOf: (fold) => files[fold - 1]! };
}

function ofStamp(file: string): GivenFolds {
  const stamp = readStamp(file);
  return { count: stamp.splits.length, read: (fold, slides, options, part) => stampFold(stamp, fold, slides, options, part, file), fileOf: () => file };
}

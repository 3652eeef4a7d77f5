import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { csvLine } from '../../../shared/csv.js';
import { fileError, replaceFile } from '../../../shared/files.js';
import type { CohortSlide, Split, SplitName } from '../../contract.js';
import type { SplitPart } from '../draw.js';
import type { SplitFormat } from '../given/contract.js';
import type { StampSplits } from '../given/stamp.js';

/** The split of one run. */
export type DrawnSplit = SplitPart & { readonly split: Split };

/** What there is to write. */
export interface SplitsToWrite {
  readonly slides: readonly CohortSlide[];
  readonly splits: readonly DrawnSplit[];
  /** Names of the negative class and the others, as the cohort table has them; for CLAM's counts. */
  readonly classes: readonly string[];
}

/**
 * Writes splits as others read them: CLAM's three files a fold, TransMIL's CSV a fold, STAMP's one JSON, or ours.
 * Folds of others are counted from 0, ours from 1. Each repeat gets a folder of its own. Held-out slides are in no file.
 * @returns the files, absolute, in the order written.
 * @throws HardmineError `disk-full`, `file-denied`.
 */
export function writeSplits(format: SplitFormat, folder: string, { slides, splits, classes }: SplitsToWrite): string[] {
  const repeats = [...new Set(splits.map(({ repeat }) => repeat))];
  return repeats.flatMap((repeat) => {
    const into = resolve(repeats.length > 1 ? join(folder, `repeat-${repeat}`) : folder);
    try {
      mkdirSync(into, { recursive: true });
    } catch (error) {
      throw fileError(error, into);
    }
    const files = writers[format]({ slides, splits: splits.filter((one) => one.repeat === repeat), classes });
    return Object.entries(files).map(([name, text]) => {
      replaceFile(join(into, name), text);
      return join(into, name);
    });
  });
}

const writers: Record<SplitFormat, (what: SplitsToWrite) => Record<string, string>> = { hardmine, clam, transmil, stamp };

const parts = ['train', 'validation', 'test'] as const;
const words: Record<SplitName, string> = { train: 'train', validation: 'val', test: 'test', 'held-out': '' };

function hardmine({ slides, splits }: SplitsToWrite): Record<string, string> {
  return perFold(splits, (split, i) => [[`fold-${i + 1}.csv`, csvLine(['slide_id', 'split']) + inParts(slides, split).map(({ id }) => csvLine([id, words[split.get(id)!]])).join('')]]);
}

function clam({ slides, splits, classes }: SplitsToWrite): Record<string, string> {
  return perFold(splits, (split, i) => {
    const count = (output: number, part: SplitName): number => slides.filter((slide) => split.get(slide.id) === part && (slide.classes[0] ?? -1) === output).length;
    const named = classes.map((name, index) => ({ name, output: index - 1 }));
    return [
      [`splits_${i}.csv`, csvLine(['', 'train', 'val', 'test']) + columns(parts.map((part) => ids(slides, split, part))).map((row, line) => csvLine([line, ...row])).join('')],
      [`splits_${i}_bool.csv`, csvLine(['', 'train', 'val', 'test']) + parts.flatMap((part) => ids(slides, split, part)).map((id) => csvLine([id, ...parts.map((part) => (split.get(id) === part ? 'True' : 'False'))])).join('')],
      [`splits_${i}_descriptor.csv`, csvLine(['', 'train', 'val', 'test']) + named.map(({ name, output }) => csvLine([name, ...parts.map((part) => count(output, part))])).join('')],
    ];
  });
}

function transmil({ slides, splits }: SplitsToWrite): Record<string, string> {
  const labels = new Map(slides.map(({ id, label }) => [id, `${label}`]));
  return perFold(splits, (split, i) => {
    const cells = parts.flatMap((part) => [ids(slides, split, part), ids(slides, split, part).map((id) => labels.get(id)!)]);
    return [[`fold${i}.csv`, csvLine(['', 'train', 'train_label', 'val', 'val_label', 'test', 'test_label']) + columns(cells).map((row, line) => csvLine([line, ...row])).join('')]];
  });
}

/** STAMP draws its validation patients itself: ours go to its training. */
function stamp({ slides, splits }: SplitsToWrite): Record<string, string> {
  const patients = (split: Split, ...wanted: readonly SplitName[]): string[] => [...new Set(slides.filter(({ id }) => wanted.includes(split.get(id)!)).map(({ patient }) => patient))];
  const written: StampSplits = { splits: splits.map(({ split }) => ({ train_patients: patients(split, 'train', 'validation'), test_patients: patients(split, 'test') })) };
  return { 'splits.json': `${JSON.stringify(written, undefined, 4)}\n` };
}

function perFold(splits: readonly DrawnSplit[], files: (split: Split, index: number) => readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(splits.flatMap(({ split, fold }, i) => files(split, fold === null ? i : fold - 1)));
}

function ids(slides: readonly CohortSlide[], split: Split, part: SplitName): string[] {
  return slides.filter(({ id }) => split.get(id) === part).map(({ id }) => id);
}

function inParts(slides: readonly CohortSlide[], split: Split): CohortSlide[] {
  return slides.filter(({ id }) => parts.some((part) => split.get(id) === part));
}

/** Columns of different length side by side; what is missing is empty. */
function columns(cells: readonly (readonly string[])[]): string[][] {
  const longest = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: longest }, (_, row) => cells.map((column) => column[row] ?? ''));
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HardmineError, messageOf } from '../../../shared/errors.js';
import type { SplitOptions } from '../../../shared/experiment/index.js';
import { fileError } from '../../../shared/files.js';
import type { CohortSlide, Split } from '../../contract.js';
import { drawValidation, type SplitPart } from '../draw.js';
import type { GivenSplit } from './assign.js';

/** `splits.json` of STAMP's cross-validation: patients, and no validation; STAMP draws that from the training patients of each fold, and so do we. */
export const stampSchema = z.object({ splits: z.array(z.object({ train_patients: z.array(z.string()), test_patients: z.array(z.string()) })).min(1) });
export type StampSplits = z.output<typeof stampSchema>;

/** @throws HardmineError `split-invalid`, `file-missing`, `file-denied`. */
export function readStamp(file: string): StampSplits {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(error, file);
  }
  try {
    return stampSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s*\n\s*/g, ' ').replaceAll('✖ ', '') : messageOf(error);
    throw new HardmineError('split-invalid', `This is not a split of STAMP: ${why}`, { place: { file }, remedy: 'STAMP writes {"splits": [{"train_patients": […], "test_patients": […]}]}; ids are in quotes.', cause: error });
  }
}

/** One fold of it, with validation patients drawn from its training patients. @param fold counted from 1. */
export function stampFold({ splits }: StampSplits, fold: number, slides: readonly CohortSlide[], options: SplitOptions, part: SplitPart, file: string): GivenSplit {
  const { train_patients: train, test_patients: test } = splits[fold - 1]!;
  const trained = new Set(train);
  const tested = new Set(test);
  const diagnostics: GivenSplit['diagnostics'] = [];
  const both = test.filter((patient) => trained.has(patient));
  if (both.length > 0) diagnostics.push({ severity: 'error', code: 'patient-in-two-splits', message: `Fold ${fold} trains on and tests ${both.length} patient${both.length === 1 ? '' : 's'}, first "${both[0]}".`, remedy: 'Remove them from train_patients or from test_patients.', place: { file } });
  const patients = new Set(slides.map(({ patient }) => patient));
  const unknown = [...train, ...test].filter((patient) => !patients.has(patient));
  if (unknown.length > 0) diagnostics.push({ severity: 'warning', code: 'split-unknown-slide', message: `${unknown.length} patient${unknown.length === 1 ? '' : 's'} of fold ${fold} ${unknown.length === 1 ? 'is' : 'are'} not in the cohort table, first "${unknown[0]}".`, remedy: 'They are left out; check the ids (ids are strings: "007" is not "7").', place: { file } });
  const without = slides.filter(({ patient }) => !trained.has(patient) && !tested.has(patient));
  if (without.length > 0) diagnostics.push({ severity: without.length === slides.length ? 'error' : 'warning', code: without.length === slides.length ? 'split-incomplete' : 'split-partial', message: `${without.length} slides of the cohort are in no part of fold ${fold}, first "${without[0]!.id}" (line ${without[0]!.line} of the cohort table).`, remedy: 'They are left out of the run. STAMP names patients, not slides: check `cohort.columns.patient`.', place: { file } });
  const split: Split = new Map([
    ...slides.filter(({ patient }) => tested.has(patient)).map(({ id }) => [id, 'test'] as const),
    ...drawValidation(slides.filter(({ patient }) => trained.has(patient) && !tested.has(patient)), options, part),
  ]);
  return { split, diagnostics };
}

import type { Diagnostic } from '../../../shared/diagnostics.js';
import type { SplitOptions } from '../../../shared/experiment/index.js';
import type { CohortSlide } from '../../contract.js';
import { diagnosticOf } from '../../table/findings.js';
import type { SplitPart } from '../draw.js';
import type { GivenSplit } from './assign.js';
import { openGivenFolds, type GivenFolds } from './folds.js';

/** Reads the split of one run from what was given. @param path absolute; a file, or a folder of one file a fold. */
export function readGivenSplit(path: string, slides: readonly CohortSlide[], options: SplitOptions, part: SplitPart): GivenSplit & { readonly file: string } {
  const refused = (diagnostic: Diagnostic) => ({ split: new Map(), diagnostics: [diagnostic], file: path });
  let folds: GivenFolds;
  try {
    folds = openGivenFolds(path);
  } catch (error) {
    return refused(diagnosticOf(error));
  }
  const { count } = folds;
  const set = (value: number) => [{ kind: 'set', title: `Set "split.folds" to ${value}`, path: ['split', 'folds'], value } as const];
  if (part.fold === null && count > 1) return refused({ severity: 'error', code: 'split-has-folds', message: `This split has ${count} folds, and the experiment does not say which to use.`, remedy: `Set "split.folds" to ${count} for all of them, or "split.fold" for one.`, place: {}, fixes: set(count) });
  if ((part.fold ?? 1) > count || (options.folds > 0 && options.folds !== count)) return refused({ severity: 'error', code: 'split-has-folds', message: `This split has ${count} fold${count === 1 ? '' : 's'}, the experiment wants ${options.folds > 0 ? options.folds : `fold ${part.fold}`}.`, remedy: `Set "split.folds" to ${count === 1 ? 0 : count}.`, place: {}, fixes: set(count === 1 ? 0 : count) });
  const fold = part.fold ?? 1;
  return { ...folds.read(fold, slides, options, part), file: folds.fileOf(fold) };
}

import { resolve } from 'node:path';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { SplitOptions } from '../shared/experiment/index.js';
import { splitParts } from '../shared/study/members.js';
import type { CohortSlide, Split } from './contract.js';
import { drawSplit, type SplitPart } from './split/draw.js';
import { lackingClasses, lackingFolds, lackingSites, sharedFiles, tiedSites } from './split/findings.js';
import { readGivenSplit } from './split/given/index.js';

export { inTwoParts } from './split/findings.js';

/** So many runs of a study are drawn to be checked; each checks its own split again when it is trained. */
const checkedRuns = 50;

/** What a split is, and what is wrong with it. */
export interface CheckedSplit {
  /** Of the first run, where the options mean several. */
  readonly split: Split;
  /** Of every run, at most fifty. */
  readonly splits: readonly Split[];
  readonly diagnostics: Diagnostic[];
}

type OneSplit = Omit<CheckedSplit, 'splits'>;

/**
 * Divides a cohort by patient or site, stratified by class. The same seed gives the same split in any order of
 * rows. A given split is read and checked instead. Of a cross-validation all runs are looked at.
 * @param baseFolder folder of the experiment file, which `options.file` is relative to.
 */
export function splitCohort(slides: readonly CohortSlide[], options: SplitOptions, baseFolder: string): CheckedSplit {
  const parts = splitParts(options).slice(0, checkedRuns);
  const { file } = options;
  const runs = file === undefined ? drawn(slides, options, parts) : parts.map((part) => given(slides, options, part, resolve(baseFolder, file)));
  return { split: runs[0]!.split, splits: runs.map(({ split }) => split), diagnostics: distinct(runs.flatMap(({ diagnostics }) => diagnostics)) };
}

/** The split of each run that the options mean, for those who write splits or look at them. @throws nothing; see {@link splitCohort} for what is wrong. */
export function splitsOf(slides: readonly CohortSlide[], options: SplitOptions, baseFolder: string): (SplitPart & { readonly split: Split })[] {
  return splitParts(options).map((part) => ({ ...part, split: options.file === undefined ? drawSplit(slides, options, part) : readGivenSplit(resolve(baseFolder, options.file), slides, options, part).split }));
}

function drawn(slides: readonly CohortSlide[], options: SplitOptions, parts: readonly SplitPart[]): OneSplit[] {
  const ofSites = [...lackingSites(slides, options), ...tiedSites(slides, options)];
  if (ofSites.some(({ severity }) => severity === 'error')) return [{ split: drawSplit(slides, { ...options, by: 'patient' }, parts[0]!), diagnostics: ofSites }];
  const runs = parts.map((part) => ({ ...part, split: drawSplit(slides, options, part) }));
  const lacks = options.folds > 1 || runs.length > 1 ? lackingFolds(slides, options, runs) : lackingClasses(slides, runs[0]!.split, undefined);
  return runs.map(({ split }, i) => ({ split, diagnostics: [...(i === 0 ? [...ofSites, ...lacks] : []), ...sharedFiles(slides, split)] }));
}

function given(slides: readonly CohortSlide[], options: SplitOptions, part: SplitPart, path: string): OneSplit {
  const { split, diagnostics, file } = readGivenSplit(path, slides, options, part);
  // What could not be read lacks everything: no need to say it class by class.
  const unread = split.size === 0 && diagnostics.some(({ severity }) => severity === 'error');
  return { split, diagnostics: [...diagnostics, ...(unread ? [] : lackingClasses(slides, split, file)), ...sharedFiles(slides, split)] };
}

/** The same finding of another fold says nothing new. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, place, message }) => {
    const key = code === 'validation-in-training' ? `${code} ${place.slide}` : `${code} ${place.file} ${place.line} ${place.column} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

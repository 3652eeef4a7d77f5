import type { SplitOptions } from '../../shared/experiment/index.js';
import { Random } from '../../shared/random.js';
import type { StudyMember } from '../../shared/study/members.js';
import type { CohortSlide, Split, SplitName } from '../contract.js';
import { dealPatients, dealSites } from './folds.js';
import { patientsOf, sitesOf, type Group } from './groups.js';
import { drawOneSplit, drawShare } from './one-split.js';

/** Which run of a study a split is for. */
export type SplitPart = Pick<StudyMember, 'repeat' | 'fold'>;

/**
 * Draws the split of one run. The same seed gives the same split in any order of rows; the folds of a repeat
 * are drawn together, so that over them every slide is tested exactly once, and the held-out patients are the
 * same in all repeats.
 */
export function drawSplit(slides: readonly CohortSlide[], options: SplitOptions, { repeat, fold }: SplitPart): Split {
  const random = new Random(options.seed);
  // The first repeat draws from the streams of before there were repeats.
  const stream = repeat === 1 ? 'split' : `split/repeat/${repeat}`;
  const groups = options.by === 'site' ? sitesOf(slides) : patientsOf(slides);
  if (fold === null) return splitOf(drawOneSplit(groups, options, options.stratify, random, stream));

  const heldOut = options.heldOut > 0 ? drawShare(groups, options.heldOut, options.stratify, random, 'split/held-out') : new Set<Group>();
  const dealt = groups.filter((group) => !heldOut.has(group));
  const folds = options.by === 'site' ? dealSites(dealt, options.folds, random, `${stream}/sites`) : dealPatients(dealt, options.folds, options.stratify, random, `${stream}/folds`);
  const test = dealt.filter((group) => folds.get(group) === fold);
  const rest = dealt.filter((group) => folds.get(group) !== fold).flatMap((group) => group.slides);
  return new Map([...placed(heldOut, 'held-out'), ...placed(test, 'test'), ...drawValidation(rest, options, { repeat, fold })]);
}

/** Divides patients that are not tested into those that train and those that choose. */
export function drawValidation(slides: readonly CohortSlide[], { seed, validation, stratify }: SplitOptions, { repeat, fold }: SplitPart): Split {
  const patients = patientsOf(slides);
  const chosen = drawShare(patients, validation, stratify, new Random(seed), `split/repeat/${repeat}/fold/${fold}/validation`);
  return splitOf(new Map(patients.map((patient) => [patient, chosen.has(patient) ? 'validation' : 'train'])));
}

function splitOf(places: ReadonlyMap<Group, SplitName>): Split {
  return new Map([...places].flatMap(([group, part]) => placed([group], part)));
}

function placed(groups: Iterable<Group>, part: SplitName): [string, SplitName][] {
  return [...groups].flatMap(({ slides }) => slides.map(({ id }): [string, SplitName] => [id, part]));
}

import { basename } from 'node:path';
import { correctedKnown, correctedT, correctedTInterval, holm, tInterval, wilcoxon, type ComparedMetric, type MeanInterval } from '../../mil/statistics/index.js';
import { HardmineError } from '../../shared/errors.js';
import { readLineage } from '../../shared/run/read.js';
import { sameMember } from '../../shared/study/members.js';
import { studyStateAt, type MemberState } from '../../shared/study/read.js';
import { level } from './index.js';
import { pairRuns, readTested } from './tested-runs.js';

/** Two studies, fold by fold, or seed by seed where there is one split. */
export interface StudyDifference {
  readonly first: number;
  readonly second: number;
  /** What is paired. */
  readonly over: 'folds' | 'seeds';
  /** First minus second, a value a fold (the mean over its seeds) or a seed. */
  readonly values: readonly number[];
  /** Over folds corrected for overlapping training sets. */
  readonly interval: MeanInterval;
  /**
   * What p is of: Wilcoxon's signed-rank test over folds or seeds; with several repeats, which split the same patients
   * anew and are not so many trials, the t test corrected as the interval is.
   */
  readonly test: 'wilcoxon' | 'corrected-t';
  /** Null where not defined. */
  readonly p: number | null;
  /** p corrected for the number of pairs of studies. */
  readonly holm: number | null;
}

export interface StudyComparison {
  readonly names: readonly string[];
  readonly metric: ComparedMetric;
  readonly differences: readonly StudyDifference[];
}

/**
 * Compares every pair of studies by the runs both have done: same repeat, fold and seed, same test slides.
 * @param folders absolute. @throws HardmineError `usage` saying why they cannot be compared, `run-damaged`.
 */
export function compareStudies(folders: readonly string[], metric: ComparedMetric): StudyComparison {
  const studies = folders.map(readDone);
  const pairs = studies.flatMap((_, first) => studies.slice(first + 1).map((_, i) => ({ first, second: first + 1 + i })));
  const differences = pairs.map(({ first, second }) => ({ first, second, ...difference(studies[first]!, studies[second]!, metric) }));
  const corrected = correctedKnown(differences, holm);
  return { names: studies.map(({ name }) => name), metric, differences: differences.map((one, i) => ({ ...one, holm: corrected[i]! })) };
}

interface DoneStudy {
  readonly name: string;
  readonly done: readonly MemberState[];
}

function readDone(folder: string): DoneStudy {
  const state = studyStateAt(folder, Date.now());
  if (!state) throw new HardmineError('usage', 'A study can only be compared with studies, and this is none.', { place: { file: folder }, remedy: 'Name folders of studies, or of runs, but not of both.' });
  return { name: basename(folder), done: state.members.filter(({ summary }) => summary?.state === 'done') };
}

function difference(a: DoneStudy, b: DoneStudy, metric: ComparedMetric): Omit<StudyDifference, 'first' | 'second' | 'holm'> {
  const both = a.done.flatMap((member) => {
    const other = b.done.find((one) => sameMember(one, member));
    return other ? [{ member, runs: [member.run, other.run] as const }] : [];
  });
  if (both.length < 2) throw new HardmineError('usage', `${a.name} and ${b.name} have ${both.length === 0 ? 'no run' : 'one run only'} in common that is done: runs are paired by repeat, fold and seed.`, { remedy: 'Compare studies with the same "split" and the same "seeds", when at least two runs of each are done.' });
  const paired = both.flatMap(({ member, runs }) => {
    const [one, other] = pairRuns(runs.map((run) => readTested(run, basename))).runs.map(({ result }) => result.test);
    const [x, y] = [one![metric].value, other![metric].value];
    return x === null || y === null ? [] : [{ part: `${member.repeat}/${member.fold}`, x, y, testToTrain: one!.slides / trained(runs[0]) }];
  });
  const parts = [...new Set(paired.map(({ part }) => part))];
  const over = parts.length > 1 ? 'folds' : 'seeds';
  const units = over === 'folds' ? parts.map((part) => paired.filter((one) => one.part === part)) : paired.map((one) => [one]);
  const [first, second] = [units.map((unit) => mean(unit.map(({ x }) => x))), units.map((unit) => mean(unit.map(({ y }) => y)))];
  const values = first.map((value, i) => value - second[i]!);
  const ratio = mean(paired.map(({ testToTrain }) => testToTrain));
  const interval = over === 'folds' ? correctedTInterval(values, ratio, level) : tInterval(values, level);
  const repeats = new Set(both.map(({ member }) => member.repeat)).size;
  return repeats > 1 ? { over, values, interval, test: 'corrected-t', p: correctedT(values, ratio) } : { over, values, interval, test: 'wilcoxon', p: values.length === 0 ? null : wilcoxon(first, second).p };
}

/** Slides a run learnt from. @throws HardmineError `run-damaged`. */
function trained(run: string): number {
  const slides = Object.values(readLineage(run)?.split ?? {}).filter((part) => part === 'train').length;
  if (slides === 0) throw new HardmineError('run-damaged', 'The lineage of this run does not say what it was trained on.', { place: { file: run }, remedy: 'Train this run again.' });
  return slides;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

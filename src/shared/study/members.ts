import type { Experiment } from '../experiment/index.js';

/** One run of a study, by what tells it from the others. */
export interface StudyMember {
  /** Counted from 1. */
  readonly repeat: number;
  /** Counted from 1; null where there are no folds. */
  readonly fold: number | null;
  /** Seed of the run; the split has its own. */
  readonly seed: number;
}

/** The parts a split is made of: each repeat, and each fold in it; one alone where the experiment names it. */
export function splitParts({ folds, repeats, fold, repeat }: Experiment['split']): Pick<StudyMember, 'repeat' | 'fold'>[] {
  const chosenRepeats = repeat === null ? upTo(repeats) : [repeat];
  const chosenFolds: (number | null)[] = fold !== null ? [fold] : folds > 1 ? upTo(folds) : [null];
  return chosenRepeats.flatMap((one) => chosenFolds.map((other) => ({ repeat: one, fold: other })));
}

/** The runs of an experiment, repeat by repeat, fold by fold, seed by seed. */
export function membersOf({ split, seed, seeds }: Experiment): StudyMember[] {
  return splitParts(split).flatMap((part) => (seeds.length > 0 ? seeds : [seed]).map((one) => ({ ...part, seed: one })));
}

/** The experiment of one member: an ordinary experiment of one run. */
export function memberExperiment(experiment: Experiment, { repeat, fold, seed }: StudyMember): Experiment {
  const { split } = experiment;
  return { ...experiment, seed, seeds: [], split: { ...split, fold, repeat: split.repeats > 1 ? repeat : split.repeat } };
}

/** Which member an experiment of one run is. */
export function memberOf({ split, seed }: Experiment): StudyMember {
  return { repeat: split.repeat ?? 1, fold: split.fold, seed };
}

/** Whether two name the same run. */
export function sameMember(a: StudyMember, b: StudyMember): boolean {
  return a.repeat === b.repeat && a.fold === b.fold && a.seed === b.seed;
}

/** `r2-f3-s7`, what the folder of its run ends in. */
export function memberName({ repeat, fold, seed }: StudyMember): string {
  return [`r${repeat}`, ...(fold === null ? [] : [`f${fold}`]), `s${seed}`].join('-');
}

/** How a member is chosen on the command line. */
export function memberWords({ repeat, fold, seed }: StudyMember): string[] {
  return ['--repeat', `${repeat}`, ...(fold === null ? [] : ['--fold', `${fold}`]), '--seed', `${seed}`];
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

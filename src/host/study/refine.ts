import { HardmineError } from '../../shared/errors.js';
import { checkRules } from '../../shared/experiment/rules.js';
import type { Experiment } from '../../shared/experiment/index.js';

/** Parts of a study that somebody wants, as given on the command line. */
export interface MemberChoice {
  readonly repeat?: number;
  readonly fold?: number;
  readonly seed?: number;
}

/** The experiment narrowed to some of its runs. @throws HardmineError `usage` for a fold, repeat or seed it does not have. */
export function narrowed(experiment: Experiment, { repeat, fold, seed }: MemberChoice): Experiment {
  const { split, seeds } = experiment;
  if (seed !== undefined && seeds.length > 0 && !seeds.includes(seed)) throw new HardmineError('usage', `This experiment has no seed ${seed}.`, { remedy: `Its seeds are ${seeds.join(', ')}.` });
  // A repeat of one is said by saying nothing: the run is then the one that it is without this option.
  const chosen = { ...split, ...(fold === undefined ? {} : { fold }), ...(repeat === undefined || (repeat === 1 && split.repeats === 1) ? {} : { repeat }) };
  const narrow: Experiment = { ...experiment, split: chosen, ...(seed === undefined ? {} : { seed, seeds: [] }) };
  const [problem] = checkRules(narrow).filter(({ severity }) => severity === 'error');
  if (problem) throw new HardmineError('usage', problem.message, { remedy: problem.remedy });
  return narrow;
}

import { Option } from 'commander';
import { dirname, relative, resolve } from 'node:path';
import { splitFormats, type SplitFormat } from '../../cohort/split/given/contract.js';
import { writeSplits } from '../../cohort/split/write/index.js';
import { splitCohort, splitsOf } from '../../cohort/split.js';
import { readCohort } from '../../cohort/table/cohort.js';
import { checkRules } from '../../shared/experiment/rules.js';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { forbids, readExperimentFile, usableExperiment } from '../experiment-file.js';
import { exitCodes, renderDiagnostic } from '../terminal/failure.js';
import { note, print } from '../terminal/print.js';
import { command, seedNumber, wholeNumber, type CommandMaker } from './command.js';

interface SplitFlags {
  readonly out: string;
  readonly format: SplitFormat;
  readonly folds?: number;
  readonly repeats?: number;
  readonly seed?: number;
}

/** `mil split FILE --out DIR` */
export const splitCommand: CommandMaker = (exit) =>
  command('split', 'Write the split of an experiment, fold by fold, for CLAM, TransMIL or STAMP, or as our own CSV.', ['mil split colon.mil.json --folds 5 --format clam --out splits', 'mil split colon.mil.json --format stamp --out stamp-crossval'])
    .argument('<file>', 'experiment file, *.mil.json or *.mil.yaml')
    .requiredOption('--out <dir>', 'folder the files are written to; a repeat of several gets one of its own in it')
    .addOption(new Option('--format <layout>', 'the layout').choices(splitFormats).default('hardmine'))
    .option('--folds <n>', 'so many folds instead of those of the experiment; 0: one split', wholeNumber(0))
    .option('--repeats <n>', 'so many repeats', wholeNumber(1))
    .option('--seed <n>', 'seed of the split instead of that of the experiment', seedNumber)
    .action(async (file: string, flags: SplitFlags) => {
      const experiment = changed(usableExperiment(readExperimentFile(file)), flags);
      const folder = resolve(dirname(file));
      const { slides, diagnostics } = await readCohort(experiment.cohort, folder, { needSlides: false });
      const found = [...diagnostics, ...splitCohort(slides, experiment.split, folder).diagnostics].map((diagnostic) => ({ ...diagnostic, place: { ...diagnostic.place, file: relative('', diagnostic.place.file ?? file) } }));
      for (const diagnostic of found) note(renderDiagnostic(diagnostic));
      if (forbids(found)) return exit(exitCodes.refused);
      for (const written of writeSplits(flags.format, flags.out, { slides, splits: splitsOf(slides, experiment.split, folder), classes: experiment.cohort.classes })) print(relative('', written));
    });

/** @throws HardmineError `usage` where the options contradict the experiment. */
function changed(experiment: Experiment, { folds, repeats, seed }: SplitFlags): Experiment {
  const split = { ...experiment.split, ...(folds === undefined ? {} : { folds }), ...(repeats === undefined ? {} : { repeats }), ...(seed === undefined ? {} : { seed }) };
  const [problem] = checkRules({ ...experiment, split }).filter(({ severity, path }) => severity === 'error' && path[0] === 'split');
  if (problem) throw new HardmineError('usage', problem.message, { remedy: problem.remedy });
  return { ...experiment, split };
}

import { Option } from 'commander';
import { dirname, relative, resolve } from 'node:path';
import type { Experiment } from '../../shared/experiment/index.js';
import { createRunFolder } from '../run/folder.js';
import { runsFolder } from '../../shared/run/layout.js';
import { forbids, readExperimentFile } from '../experiment-file.js';
import type { RunOutcome } from '../run/conduct.js';
import { startDetached } from '../run/detach.js';
import { trainOne } from '../run/train.js';
import { planTraining, type PlanOptions, type TrainingPlan } from '../study/plan.js';
import { trainStudy } from '../study/train.js';
import { exitCodeOf, exitCodes, renderDiagnostic } from '../terminal/failure.js';
import { note, print } from '../terminal/print.js';
import { renderResult } from '../terminal/result.js';
import { barsView, jsonView, linesView, type RunView } from '../terminal/run-views.js';
import { command, seedNumber, wholeNumber, type CommandMaker } from './command.js';

interface TrainFlags extends PlanOptions {
  readonly json?: boolean;
  readonly detach?: boolean;
  readonly lines?: boolean;
}

/** `mil train FILE` */
export const trainCommand: CommandMaker = (exit) =>
  command('train', 'Train an experiment from slides to mined hard negatives; of folds or several seeds, each in a run of its own.', ['mil train colon.mil.json', 'mil train colon.mil.json --out /scratch/runs', 'mil train colon.mil.json --resume .mil/runs/20261122-091503-colon', 'mil train colon.mil.json --resume .mil/studies/20261122-091503-colon', 'mil train colon.mil.json --fold 2 --seed 7', 'mil train colon.mil.json --json | jq .metrics.test.auroc'])
    .argument('<file>', 'experiment file, *.mil.json or *.mil.yaml')
    .option('--resume <run>', 'go on with this run after its last complete round; with this study after the members that are done')
    .option('--fold <n>', 'only this fold, counted from 1', wholeNumber(1))
    .option('--repeat <n>', 'only this repeat of the cross-validation, counted from 1', wholeNumber(1))
    .option('--seed <n>', 'only this seed', seedNumber)
    .option('--study <dir>', 'train members of this study, as made by "mil study FILE --slurm"; begun ones are resumed')
    .option('--out <dir>', 'folder in which the run folder is made (default: .mil/runs beside the experiment)')
    .option('--json', 'print events as JSON lines, and at the end {run, state, metrics}; so it is too when output is no terminal')
    .option('--detach', 'start a process of its own that outlives this terminal, print its run or study folder, and return; stop it with "mil stop RUN"')
    .addOption(new Option('--into <run>').hideHelp())
    .addOption(new Option('--lines').hideHelp())
    .action(async (file: string, flags: TrainFlags) => exit(await act(file, flags)));

async function act(file: string, flags: TrainFlags): Promise<number> {
  const experiment = usable(file);
  if (!experiment) return exitCodes.refused;
  const plan = planTraining(file, experiment, flags);
  if (flags.detach) return detach(file, flags, plan);
  const json = flags.json === true || (!process.stdout.isTTY && !flags.lines);
  if (plan.kind === 'study') return trainStudy(plan, { file, json, view: flags.lines ? ['--lines'] : json ? ['--json'] : [], resumeLine: resumeLine(file, plan.folder) });
  const { runFolder } = plan;
  const outcome: RunOutcome = plan.kind === 'done' ? { state: 'done', result: plan.result } : await trainOne({ ...plan, file, resumeLine: resumeLine(file, runFolder, flags) }, flags.lines ? linesView() : json ? jsonView() : barsView());
  if (json) print(JSON.stringify({ run: runFolder, state: outcome.state, metrics: outcome.state === 'done' ? outcome.result : null }));
  else if (outcome.state === 'done') print(renderResult(outcome.result, runFolder));
  return exitCodeOfRun(outcome);
}

/** Trains the one run of an experiment file in a new run folder. @returns undefined when the experiment itself is at fault and nothing was begun. */
export async function train(file: string, view: RunView): Promise<{ runFolder: string; outcome: RunOutcome } | undefined> {
  const experiment = usable(file);
  if (!experiment) return undefined;
  const runFolder = createRunFolder(resolve(dirname(file), runsFolder), experiment, new Date());
  return { runFolder, outcome: await trainOne({ experiment, file, runFolder, resume: false, resumeLine: resumeLine(file, runFolder) }, view) };
}

/** The experiment of a file, after saying what is wrong with it; undefined where that forbids to train. */
function usable(file: string): Experiment | undefined {
  const { experiment, diagnostics } = readExperimentFile(file);
  for (const diagnostic of diagnostics) note(renderDiagnostic(diagnostic));
  return forbids(diagnostics) ? undefined : experiment;
}

/** Prints the run or study folder once its host lives; the same line whether new or resumed. */
async function detach(file: string, flags: TrainFlags, plan: TrainingPlan): Promise<number> {
  const folder = plan.kind === 'study' ? plan.folder : plan.runFolder;
  const where = plan.kind === 'study' ? ['--resume', folder] : flags.study !== undefined ? ['--study', flags.study] : [flags.resume === undefined ? '--into' : '--resume', folder];
  if (plan.kind !== 'done') await startDetached(folder, ['train', resolve(file), ...where, ...choiceWords(flags), '--lines']);
  print(folder);
  return exitCodes.done;
}

/** The exit code a run's end deserves. */
export function exitCodeOfRun(outcome: RunOutcome): number {
  if (outcome.state === 'failed') return exitCodeOf(outcome.error);
  return outcome.state === 'interrupted' ? exitCodes.interrupted : exitCodes.done;
}

function resumeLine(file: string, folder: string, flags: TrainFlags = {}): string {
  const how = flags.study === undefined ? ['--resume', quoted(relative('', folder) || '.')] : ['--study', quoted(relative('', flags.study) || '.')];
  return ['mil train', quoted(file), ...how, ...choiceWords(flags)].join(' ');
}

function choiceWords(flags: TrainFlags): string[] {
  return (['repeat', 'fold', 'seed'] as const).flatMap((name) => (flags[name] === undefined ? [] : [`--${name}`, `${flags[name]}`]));
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `"${path}"`;
}

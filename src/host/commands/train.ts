import { Option } from 'commander';
import { basename, dirname, relative, resolve } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { runsFolder } from '../../shared/run/layout.js';
import { readStatus } from '../../shared/run/read.js';
import { forbids, readExperimentFile } from '../experiment-file.js';
import { conductRun, type RunOutcome } from '../run/conduct.js';
import { startDetached } from '../run/detach.js';
import { createRunFolder, ensureSameExperiment } from '../run/folder.js';
import { exitCodeOf, exitCodes, renderDiagnostic, renderError } from '../terminal/failure.js';
import { note, print } from '../terminal/print.js';
import { renderResult } from '../terminal/result.js';
import { barsView, jsonView, linesView, type RunView } from '../terminal/run-views.js';
import { command, type CommandMaker } from './command.js';

interface TrainOptions {
  readonly resume?: string;
  readonly out?: string;
  /** A new run folder made already, by the process that detached this one. */
  readonly into?: string;
}

/** `mil train FILE` */
export const trainCommand: CommandMaker = (exit) =>
  command('train', 'Train an experiment from slides to mined hard negatives.', ['mil train colon.mil.json', 'mil train colon.mil.json --out /scratch/runs', 'mil train colon.mil.json --resume .mil/runs/20261122-091503-colon', 'mil train colon.mil.json --json | jq .metrics.test.auroc'])
    .argument('<file>', 'experiment file, *.mil.json or *.mil.yaml')
    .option('--resume <run>', 'go on with this run folder after its last complete round')
    .option('--out <dir>', 'folder in which the run folder is made (default: .mil/runs beside the experiment)')
    .option('--json', 'print events as JSON lines, and at the end {run, state, metrics}; so it is too when output is no terminal')
    .option('--detach', 'start a process of its own that outlives this terminal, print its run folder, and return; stop it with "mil stop RUN"')
    .addOption(new Option('--into <run>').hideHelp())
    .addOption(new Option('--lines').hideHelp())
    .action(async (file: string, options: TrainOptions & { json?: boolean; detach?: boolean; lines?: boolean }) => {
      if (options.detach) return exit(await detach(file, options));
      const json = options.json === true || (!process.stdout.isTTY && !options.lines);
      const ended = await train(file, options, options.lines ? linesView() : json ? jsonView() : barsView());
      if (!ended) return exit(exitCodes.refused);
      const { runFolder, outcome } = ended;
      if (json) print(JSON.stringify({ run: runFolder, state: outcome.state, metrics: outcome.state === 'done' ? outcome.result : null }));
      else if (outcome.state === 'done') print(renderResult(outcome.result, runFolder));
      exit(exitCodeOfRun(outcome));
    });

/**
 * Trains an experiment file in a new run folder, or goes on in an old one.
 * Says on standard error why it could not, or how to resume.
 * @returns undefined when the experiment itself is at fault and nothing was begun.
 * @throws HardmineError `experiment-unreadable`, `run-locked`, `run-not-resumable`.
 */
export async function train(file: string, { resume, out, into }: TrainOptions, view: RunView): Promise<{ runFolder: string; outcome: RunOutcome } | undefined> {
  const prepared = prepare(file, { resume, out, into });
  if (!prepared) return undefined;
  const { experiment, runFolder } = prepared;
  const resumeLine = `mil train ${quoted(file)} --resume ${quoted(relative('', runFolder) || '.')}`;
  const [{ trainRun }, { writeReport }] = await Promise.all([import('../../training/index.js'), import('../../report/index.js')]);
  let outcome: RunOutcome;
  try {
    outcome = await conductRun({
      experiment,
      experimentFile: file,
      runFolder,
      resume: resume !== undefined,
      train: trainRun,
      report: writeReport,
      onEvent: view.event,
      onStopping: () => view.say('Stopping after this step; the run can be resumed. Once more to stop at once.'),
      leave: (code) => {
        view.close();
        note(`Stopped. To resume:\n  ${resumeLine}`);
        process.exit(code);
      },
      now: Date.now,
    });
  } finally {
    view.close();
  }
  if (outcome.state === 'failed') note(`${renderError(outcome.error)}\n  Completed rounds are kept. To resume:\n  ${resumeLine}`);
  if (outcome.state === 'interrupted') note(`Stopped. To resume:\n  ${resumeLine}`);
  return { runFolder, outcome };
}

/** Reads the experiment and makes, or finds, its run folder. @returns undefined when the experiment is at fault. */
function prepare(file: string, { resume, out, into }: TrainOptions): { experiment: Experiment; runFolder: string } | undefined {
  const { experiment, diagnostics } = readExperimentFile(file);
  for (const diagnostic of diagnostics) note(renderDiagnostic(diagnostic));
  if (!experiment || forbids(diagnostics)) return undefined;
  if (resume !== undefined) return { experiment, runFolder: folderToResume(resume, experiment) };
  return { experiment, runFolder: into === undefined ? createRunFolder(out ?? resolve(dirname(file), runsFolder), experiment, new Date()) : resolve(into) };
}

/** Prints the run folder once its host lives; the same line whether new or resumed. */
async function detach(file: string, options: TrainOptions): Promise<number> {
  const prepared = prepare(file, options);
  if (!prepared) return exitCodes.refused;
  const { runFolder } = prepared;
  await startDetached(runFolder, ['train', resolve(file), options.resume === undefined ? '--into' : '--resume', runFolder, '--lines']);
  print(runFolder);
  return exitCodes.done;
}

/** The exit code a run's end deserves. */
export function exitCodeOfRun(outcome: RunOutcome): number {
  if (outcome.state === 'failed') return exitCodeOf(outcome.error);
  return outcome.state === 'interrupted' ? exitCodes.interrupted : exitCodes.done;
}

function folderToResume(run: string, experiment: Experiment): string {
  const folder = resolve(run);
  ensureSameExperiment(folder, experiment);
  if (readStatus(folder)?.state === 'done') throw new HardmineError('run-not-resumable', `The run ${basename(folder)} is done.`, { place: { file: folder }, remedy: 'Look at its report.html, or start a new run without --resume.' });
  return folder;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `"${path}"`;
}

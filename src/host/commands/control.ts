import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askHost } from '../../shared/run/control.js';
import { HardmineError } from '../../shared/errors.js';
import { runFiles } from '../../shared/run/layout.js';
import { lives } from '../../shared/run/process.js';
import { readHolder, readStatus } from '../../shared/run/read.js';
import { runStateAt, type RunControl, type RunStatus } from '../../shared/run/state.js';
import { endHost } from '../run/end-host.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil stop RUN` */
export const stopCommand: CommandMaker = () =>
  command('stop', 'Ask a run to stop after the step under way; it can be resumed.', ['mil stop .mil/runs/20261122-091503-colon', 'mil stop .mil/runs/20261122-091503-colon --now'])
    .argument('<run>', 'run folder')
    .option('--now', 'do not wait for the step: end the process and all it started, on this machine')
    .action(async (run: string, { now }: { now?: boolean }) => {
      const folder = resolve(run);
      const { name } = goingOn(folder);
      askHost(folder, 'stop');
      if (now) await endHost(folder);
      print(now ? `${name} was ended.` : `${name} will stop after this step.`);
    });

/** `mil pause RUN`, `mil continue RUN` */
export const pauseCommand = asking('pause', 'pause', 'Ask a run to pause after the step under way.', 'will pause after this step');
export const continueCommand = asking('continue', 'run', 'Ask a paused run to go on.', 'will go on');

function asking(name: string, request: RunControl['request'], summary: string, answer: string): CommandMaker {
  return () =>
    command(name, summary, [`mil ${name} .mil/runs/20261122-091503-colon`])
      .argument('<run>', 'run folder')
      .action((run: string) => {
        const folder = resolve(run);
        const { name: experiment } = goingOn(folder);
        askHost(folder, request);
        print(`${experiment} ${answer}.`);
      });
}

/** The status of a run whose host lives, be it too busy to say so. @throws HardmineError `file-missing`, `usage`. */
function goingOn(folder: string): RunStatus {
  const status = readStatus(folder);
  if (!status) throw new HardmineError('file-missing', `This is not a run folder${existsSync(join(folder, runFiles.experiment)) ? ' of a run that began' : ''}.`, { place: { file: folder }, remedy: '"mil runs" lists them.' });
  const state = runStateAt(status, Date.now());
  const holder = readHolder(folder);
  if (state !== 'running' && state !== 'paused' && !(holder && lives(holder))) throw new HardmineError('usage', `This run is not going on: it is ${state}.`, { place: { file: folder }, remedy: 'Resume it with "mil train FILE --resume RUN".' });
  return status;
}

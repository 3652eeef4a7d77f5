import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askHost } from '../../shared/run/control.js';
import { HardmineError } from '../../shared/errors.js';
import { runFiles } from '../../shared/run/layout.js';
import { lives } from '../../shared/run/process.js';
import { readHolder, readStatus } from '../../shared/run/read.js';
import { conductorLives, readStudy, studyStateAt } from '../../shared/study/read.js';
import { runStateAt, type RunControl, type RunStatus } from '../../shared/run/state.js';
import { endHost } from '../run/end-host.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil stop RUN` */
export const stopCommand: CommandMaker = () =>
  command('stop', 'Ask a run, or a study, to stop after the step under way; it can be resumed.', ['mil stop .mil/runs/20261122-091503-colon', 'mil stop .mil/studies/20261122-091503-colon', 'mil stop .mil/runs/20261122-091503-colon --now'])
    .argument('<run>', 'run or study folder')
    .option('--now', 'do not wait for the step: end the process and all it started, on this machine')
    .action(async (run: string, { now }: { now?: boolean }) => {
      const folder = resolve(run);
      if (readStudy(folder)) return stopStudy(folder, now === true);
      const { name } = goingOn(folder);
      askHost(folder, 'stop');
      if (now) await endHost(folder);
      print(now ? `${name} was ended.` : `${name} will stop after this step.`);
    });

/** Members may run side by side, as on a cluster: each that goes on is asked. */
async function stopStudy(folder: string, now: boolean): Promise<void> {
  const { study, members } = studyStateAt(folder, Date.now())!;
  const going = members.filter(({ summary }) => summary?.state === 'running' || summary?.state === 'paused');
  if (going.length === 0 && !conductorLives(folder)) throw new HardmineError('usage', 'Nothing of this study is going on.', { place: { file: folder }, remedy: 'Resume it with "mil train FILE --resume STUDY".' });
  askHost(folder, 'stop');
  for (const { run } of going) {
    askHost(run, 'stop');
    if (now) await endHost(run);
  }
  print(now ? `The runs of ${study.name} were ended.` : `${study.name} will stop after the step${going.length > 1 ? 's' : ''} under way.`);
}

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

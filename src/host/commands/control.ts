import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askHost } from '../../shared/run/control.js';
import { HardmineError } from '../../shared/errors.js';
import { runFiles } from '../../shared/run/layout.js';
import { readStatus } from '../../shared/run/read.js';
import { runStateAt, type RunControl } from '../../shared/run/state.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil stop RUN`, `mil pause RUN`, `mil continue RUN` */
export const stopCommand = asking('stop', 'stop', 'Ask a run to stop after the step under way; it can be resumed.', 'will stop after this step');
export const pauseCommand = asking('pause', 'pause', 'Ask a run to pause after the step under way.', 'will pause after this step');
export const continueCommand = asking('continue', 'run', 'Ask a paused run to go on.', 'will go on');

function asking(name: string, request: RunControl['request'], summary: string, answer: string): CommandMaker {
  return () =>
    command(name, summary, [`mil ${name} .mil/runs/20261122-091503-colon`])
      .argument('<run>', 'run folder')
      .action((run: string) => {
        const folder = resolve(run);
        const status = readStatus(folder);
        if (!status) throw new HardmineError('file-missing', `This is not a run folder${existsSync(join(folder, runFiles.experiment)) ? ' of a run that began' : ''}.`, { place: { file: folder }, remedy: '"mil runs" lists them.' });
        const state = runStateAt(status, Date.now());
        if (state !== 'running' && state !== 'paused') throw new HardmineError('usage', `This run is not going on: it is ${state}.`, { place: { file: folder }, remedy: 'Resume it with "mil train FILE --resume RUN".' });
        askHost(folder, request);
        print(`${status.name} ${answer}.`);
      });
}

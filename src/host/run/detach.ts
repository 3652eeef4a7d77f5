import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HardmineError } from '../../shared/errors.js';
import { runFiles } from '../../shared/run/layout.js';
import { readStatus } from '../../shared/run/read.js';

/** How often the new host's first sign of life is looked for, ms. */
const look = 50;

/**
 * Starts this program again as a process of its own, with its output in the run folder's `host.log`.
 * It outlives the terminal, the window and the connection it was started from.
 * @param words the command line after the program's name.
 * @returns once the host has written its first status.
 * @throws HardmineError `interrupted` when it ended before that; its log says why.
 */
export async function startDetached(runFolder: string, words: readonly string[]): Promise<void> {
  const log = openSync(join(runFolder, runFiles.log), 'a');
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], { detached: true, stdio: ['ignore', log, log], windowsHide: true });
  closeSync(log);
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  while (readStatus(runFolder)?.pid !== child.pid) {
    if (ended) throw new HardmineError('interrupted', 'The training host ended before it began.', { place: { file: join(runFolder, runFiles.log) }, remedy: 'That file says why.' });
    await setTimeout(look);
  }
  child.unref();
}

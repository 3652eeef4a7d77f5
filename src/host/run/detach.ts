import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HardmineError } from '../../shared/errors.js';
import { runFiles } from '../../shared/run/layout.js';
import { readHolder, readStatus } from '../../shared/run/read.js';

/** How often the new host's first sign of life is looked for, ms. */
const look = 50;
/** How long to wait for it, ms: packages on a network file system load slowly. */
const patience = 120_000;

/**
 * Starts this program again as a process of its own, with its output in the run folder's `host.log`.
 * It outlives the terminal, the window and the connection it was started from.
 * @param words the command line after the program's name.
 * @param runFolder or that of a study.
 * @returns once the host has written its first status.
 * @throws HardmineError `interrupted` with its last words when it ended before that, or says nothing for two minutes.
 */
export async function startDetached(runFolder: string, words: readonly string[]): Promise<void> {
  const file = join(runFolder, runFiles.log);
  const log = openSync(file, 'a');
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...words], { detached: true, stdio: ['ignore', log, log], windowsHide: true });
  closeSync(log);
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  for (let waited = 0; hostOf(runFolder) !== child.pid; waited += look) {
    if (ended) throw new HardmineError('interrupted', `The training host ended before it began: ${lastWords(file)}`, { place: { file }, remedy: 'That file says all.' });
    if (waited > patience) throw new HardmineError('interrupted', `The training host, process ${child.pid}, has not begun within ${patience / 60_000} minutes.`, { place: { file }, remedy: `It may still do; look at that file, or end it with "mil stop ${runFolder} --now".` });
    await setTimeout(look);
  }
  child.unref();
}

/** A study has no status of its own: who holds its lock is its host. */
function hostOf(folder: string): number | undefined {
  return readStatus(folder)?.pid ?? readHolder(folder)?.pid;
}

function lastWords(log: string): string {
  return readFileSync(log, 'utf8').trim().split(/\r?\n/).slice(-2).map((line) => line.trim()).join(' ') || 'it said nothing.';
}

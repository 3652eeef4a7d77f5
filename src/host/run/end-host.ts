import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { HardmineError } from '../../shared/errors.js';
import { replaceJson } from '../../shared/files.js';
import { runFiles } from '../../shared/run/layout.js';
import { lives, type ProcessIdentity } from '../../shared/run/process.js';
import { readHolder, readStatus } from '../../shared/run/read.js';

/** How long the host may take to leave by itself once it was signalled, and to be gone once killed, ms. */
const patience = 3_000;
const look = 50;

/**
 * Ends the host of a run that does not react, and every process it started. Whole rounds are safe: files
 * are replaced whole, and the journal is repaired on resume.
 * @throws HardmineError `usage` where it runs on another machine, `interrupted` where it cannot be ended.
 */
export async function endHost(run: string): Promise<void> {
  const host = readHolder(run);
  if (!host || lives(host) === false) return;
  if (lives(host) === undefined) throw new HardmineError('usage', `The host of this run is process ${host.pid} on ${host.host}, another machine.`, { place: { file: run }, remedy: 'Run "mil stop RUN --now" there.' });
  await signalTree(host.pid, 'SIGTERM');
  if (await gone(host)) return;
  await signalTree(host.pid, 'SIGKILL');
  if (!(await gone(host))) throw new HardmineError('interrupted', `Process ${host.pid} cannot be ended.`, { place: { file: run }, remedy: 'It may belong to another user, or wait for a disk that does not answer.' });
  const status = readStatus(run);
  // A killed process leaves no last word; this is what it would have been.
  if (status?.state === 'running' || status?.state === 'paused') replaceJson(join(run, runFiles.status), { ...status, state: 'interrupted' });
}

async function gone(host: ProcessIdentity): Promise<boolean> {
  for (let waited = 0; waited < patience; waited += look) {
    if (!lives(host)) return true;
    await setTimeout(look);
  }
  return false;
}

/** A detached host leads a process group; one in a terminal may not. */
async function signalTree(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (process.platform === 'win32') return void (await promisify(execFile)('taskkill', ['/pid', String(pid), '/T', '/F']).catch(() => undefined));
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {
      // No such group, or gone already; whether it is gone is looked at next.
    }
  }
}

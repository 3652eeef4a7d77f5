import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import { fileError } from '../../shared/files.js';
import { runFiles } from '../../shared/run/layout.js';
import { lostAfterMs } from '../../shared/run/heartbeat.js';
import { lives, thisProcess, type ProcessIdentity } from '../../shared/run/process.js';

/** Keeps two hosts out of one run. */
export interface RunLock {
  /** Whether the lock file is still this process's own; false when another host took the run over. */
  held(): boolean;
  release(): void;
}

/**
 * Takes `run.lock`. The lock of a process that is dead is taken over; that of a process on another
 * machine only when its heartbeat has been silent for `lostAfterMs`.
 * @param heartbeatAge milliseconds since the last heartbeat of the run, Infinity where there is none.
 * @throws HardmineError `run-locked`.
 */
export function lockRun(folder: string, heartbeatAge: () => number, self: ProcessIdentity = thisProcess()): RunLock {
  const file = join(folder, runFiles.lock);
  const content = JSON.stringify(self);
  for (let attempt = 0; !create(file, content); attempt++) {
    const holder = read(file);
    if (holder === undefined) continue;
    if (attempt > 3 || isAlive(holder, heartbeatAge)) throw locked(file, holder);
    removeStale(file, holder);
  }
  return {
    held: () => read(file) === content,
    release: () => {
      if (read(file) === content) rmSync(file, { force: true });
    },
  };
}

function create(file: string, content: string): boolean {
  try {
    const descriptor = openSync(file, 'wx');
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw fileError(error, file);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(holder: string, heartbeatAge: () => number): boolean {
  const identity = parse(holder);
  // A lock cut off while it was written says nobody; only the heartbeat can tell.
  return (identity && lives(identity)) ?? heartbeatAge() < lostAfterMs;
}

function parse(holder: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(holder) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/**
 * Moves a stale lock aside before removing it: if another host was faster and the lock moved is
 * that host's fresh one, it is put back.
 */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== stale) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function locked(file: string, holder: string): HardmineError {
  const identity = parse(holder);
  const who = identity ? `process ${identity.pid} on ${identity.host}` : 'another process';
  return new HardmineError('run-locked', `This run is being trained by ${who}.`, { place: { file }, remedy: 'Wait for it, stop it (Ctrl+C there), or start a new run. If that process is certainly gone, delete the lock file.' });
}

import { readdirSync, type Dirent } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { runsFolder } from '../../shared/run/layout.js';
import type { RunResult } from '../../shared/run/metrics.js';
import { readResult, readStatus } from '../../shared/run/read.js';
import { runStateAt, type RunStatus } from '../../shared/run/state.js';

/** One line of `mil runs`. */
export interface RunSummary {
  /** Absolute run folder. */
  readonly run: string;
  readonly name: string;
  /** `lost`: the host fell silent without saying how it ended. */
  readonly state: RunStatus['state'] | 'lost';
  readonly round: number;
  readonly rounds: number;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly heartbeat: number;
  readonly error?: RunStatus['error'];
  readonly result?: RunResult;
}

/** How deep below `folder` experiments are looked for. */
const depth = 4;

/** Every run below `folder` (in any `.mil/runs`), newest first. */
export function listRuns(folder: string, now: number): RunSummary[] {
  return runFoldersBelow(resolve(folder), depth)
    .flatMap((run) => {
      const status = readStatus(run);
      return status ? [summary(run, status, now)] : [];
    })
    .sort((a, b) => b.started - a.started || basename(b.run).localeCompare(basename(a.run)));
}

function summary(run: string, status: RunStatus, now: number): RunSummary {
  const { name, round, rounds, started, heartbeat, error } = status;
  const result = readResult(run);
  return { run, name, state: runStateAt(status, now), round, rounds, started, heartbeat, ...(error ? { error } : {}), ...(result ? { result } : {}) };
}

function runFoldersBelow(folder: string, levels: number): string[] {
  const runs = foldersIn(join(folder, runsFolder)).map((entry) => join(folder, runsFolder, entry.name));
  if (levels === 0) return runs;
  const below = foldersIn(folder).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  return [...runs, ...below.flatMap(({ name }) => runFoldersBelow(join(folder, name), levels - 1))];
}

function foldersIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  } catch {
    return [];
  }
}

import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { runFiles, runsFolder } from '../../shared/run/layout.js';
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

/** How deep below `folder` runs are looked for. */
const depth = 4;

/** Every run below `folder`, newest first: in any `.mil/runs`, and in folders given as `--out`. */
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
  if (existsSync(join(folder, runFiles.status))) return [folder];
  const hidden = foldersIn(join(folder, runsFolder)).map((name) => join(folder, runsFolder, name));
  if (levels === 0) return hidden;
  const below = foldersIn(folder).filter((name) => !name.startsWith('.') && name !== 'node_modules');
  return [...hidden, ...below.flatMap((name) => runFoldersBelow(join(folder, name), levels - 1))];
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}

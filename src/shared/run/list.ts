import { access, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runFiles, runsFolder } from './layout.js';
import { newestFirst } from './order.js';
import type { RunResult } from './metrics.js';
import { lives } from './process.js';
import { readHolder, readResult, readStatus } from './read.js';
import { runStateAt, type RunStatus } from './state.js';

/** A run as lists show it. */
export interface RunSummary {
  /** Absolute run folder. */
  readonly run: string;
  /** `lost`: the host fell silent without saying how it ended. */
  readonly state: RunStatus['state'] | 'lost';
  readonly status: RunStatus;
  readonly result?: RunResult;
}

/** How deep below a folder runs are looked for. */
const depth = 4;

/** Every run below `folder`, newest first: in any `.mil/runs`, and in folders given as `--out`. */
export async function listRuns(folder: string, now: number): Promise<RunSummary[]> {
  const runs = await runFoldersBelow(resolve(folder), depth);
  return newestFirst(runs.flatMap((run) => summarizeRun(run, now) ?? []));
}

/** A run folder's summary; undefined where it holds no readable status. */
export function summarizeRun(run: string, now: number): RunSummary | undefined {
  const status = readStatus(run);
  if (!status) return undefined;
  const result = readResult(run);
  return { run, state: stateNow(run, status, now), status, ...(result ? { result } : {}) };
}

/** A dead process of this machine is known at once; on another one only the silence tells. */
function stateNow(run: string, status: RunStatus, now: number): RunSummary['state'] {
  const state = runStateAt(status, now);
  if (state !== 'running' && state !== 'paused') return state;
  const holder = readHolder(run);
  return holder && holder.pid === status.pid && lives(holder) === false ? 'lost' : state;
}

async function runFoldersBelow(folder: string, levels: number): Promise<string[]> {
  if (await exists(join(folder, runFiles.status))) return [folder];
  const hidden = (await foldersIn(join(folder, runsFolder))).map((name) => join(folder, runsFolder, name));
  if (levels === 0) return hidden;
  const below = (await foldersIn(folder)).filter((name) => !name.startsWith('.') && name !== 'node_modules');
  const found = await Promise.all(below.map((name) => runFoldersBelow(join(folder, name), levels - 1)));
  return [...hidden, ...found.flat()];
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

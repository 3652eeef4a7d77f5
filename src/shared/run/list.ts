import { foldersHolding } from './find-folders.js';
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

/** Every run below `folder`, newest first: in any `.mil/runs`, and in folders given as `--out`. */
export async function listRuns(folder: string, now: number): Promise<RunSummary[]> {
  const runs = await foldersHolding(runFiles.status, runsFolder, folder);
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

import { basename } from 'node:path';
import type { RunSummary } from './list.js';

/** Sorts a copy by when the runs started. */
export function newestFirst(runs: readonly RunSummary[]): RunSummary[] {
  return [...runs].sort((a, b) => b.status.started - a.status.started || basename(b.run).localeCompare(basename(a.run)));
}

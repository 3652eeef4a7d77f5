import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { runEventSchema, type RunEvent } from './events.js';
import { roundFiles, runFiles } from './layout.js';
import { roundMetricsSchema, runResultSchema, type RoundMetrics, type RunResult } from './metrics.js';
import { processSchema, type ProcessIdentity } from './process.js';
import { lineageSchema, statusSchema, type Lineage, type RunStatus } from './state.js';

/** The status of a run folder; like its kin below, undefined where there is none that can be read. */
export function readStatus(run: string): RunStatus | undefined {
  return readJson(join(run, runFiles.status), statusSchema);
}

/** The process that holds the lock of a run, dead or alive. */
export function readHolder(run: string): ProcessIdentity | undefined {
  return readJson(join(run, runFiles.lock), processSchema);
}

/** The result of a run that is done. */
export function readResult(run: string): RunResult | undefined {
  return readJson(join(run, runFiles.result), runResultSchema);
}

/** What the numbers of a run depend on. */
export function readLineage(run: string): Lineage | undefined {
  return readJson(join(run, runFiles.lineage), lineageSchema);
}

/** A round whose metrics are written, that is, a complete one. */
export interface CompleteRound {
  readonly folder: string;
  readonly metrics: RoundMetrics;
}

/** The complete rounds, first to last. */
export function readRounds(run: string): CompleteRound[] {
  const parent = join(run, 'rounds');
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .sort()
    .flatMap((name) => {
      const folder = join(parent, name);
      const metrics = readJson(join(folder, roundFiles.metrics), roundMetricsSchema);
      return metrics ? [{ folder, metrics }] : [];
    });
}

/**
 * All events of a journal that this version knows, and the lines and bytes that are sound. Reading
 * ends at the first line that is torn or out of sequence: whatever follows it was never
 * acknowledged. A sound line of another kind, as another version writes, is passed over and kept.
 */
export function readJournal(file: string): { events: RunEvent[]; lines: number; bytes: number } {
  const content = readFileSync(file);
  const events: RunEvent[] = [];
  let lines = 0;
  let bytes = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, bytes)) {
    const line = parseLine(content.toString('utf8', bytes, end));
    if (line?.seq !== lines + 1) break;
    const event = runEventSchema.safeParse(line);
    if (event.success) events.push(event.data);
    lines++;
    bytes = end + 1;
  }
  return { events, lines, bytes };
}

function parseLine(line: string): { readonly seq?: unknown } | undefined {
  try {
    return (JSON.parse(line) ?? undefined) as { readonly seq?: unknown } | undefined;
  } catch {
    return undefined;
  }
}

function readJson<T extends z.ZodType>(file: string, schema: T): z.output<T> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

import { appendFileSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileError } from '../../../shared/files.js';
import type { RunEvent } from '../../../shared/run/events.js';
import { runFiles } from '../../../shared/run/layout.js';
import { readJournal } from '../../../shared/run/read.js';
import { Curves } from './curves.js';
import { scalarRecord, versionRecord } from './record.js';

/**
 * Writes losses and metrics for TensorBoard beside the journal, which stays the truth: a file each time the run is
 * started and each folder, as TensorBoard expects of a run that goes on.
 * @returns what to call with every event of the journal. @throws HardmineError `disk-full`, `file-denied`.
 */
export function tensorboardWriter(runFolder: string): (event: RunEvent) => void {
  const curves = new Curves();
  for (const event of readJournal(join(runFolder, runFiles.events)).events) curves.points(event);
  const files = new Map<string, string>();
  return (event) => {
    for (const { folder, ...scalar } of curves.points(event)) {
      const file = files.get(folder) ?? begin(join(runFolder, runFiles.tensorboard, folder), event.time);
      files.set(folder, file);
      append(file, scalarRecord(event.time, scalar));
    }
  };
}

function begin(folder: string, time: number): string {
  const file = join(folder, `events.out.tfevents.${Math.floor(time / 1000)}.${hostname()}`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw fileError(error, folder);
  }
  append(file, versionRecord(time));
  return file;
}

function append(file: string, record: Buffer): void {
  try {
    appendFileSync(file, record);
  } catch (error) {
    throw fileError(error, file);
  }
}

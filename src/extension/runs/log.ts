import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles } from '../../shared/run/layout.js';

/** More than enough for the lines people are shown. */
const tailBytes = 16 * 1024;

/** `host.log` of a run; undefined for a run that had a terminal to print to. */
export function logFile(run: string): string | undefined {
  const file = join(run, runFiles.log);
  return existsSync(file) ? file : undefined;
}

/** The last lines a run's host printed, empty ones left out; none where there is no log. */
export function lastLines(run: string, count: number): string[] {
  const file = logFile(run);
  if (!file) return [];
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').split(/\r?\n/).filter((line) => line.trim() !== '').slice(-count);
  } finally {
    closeSync(descriptor);
  }
}

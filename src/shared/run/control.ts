import { join } from 'node:path';
import { replaceJson } from '../files.js';
import { runFiles } from './layout.js';
import type { RunControl } from './state.js';

/**
 * Asks the host of a run to stop, pause or go on. The request is a file: it works from any window, any
 * process, and over a shared file system; the host looks between steps.
 * @throws HardmineError `disk-full`, `file-denied`, `file-missing`.
 */
export function askHost(run: string, request: RunControl['request']): void {
  replaceJson(join(run, runFiles.control), { request } satisfies RunControl);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HardmineError, messageOf } from '../../../shared/errors.js';
import type { Settings } from '../../../shared/rpc/runs.js';
import { runFiles } from '../../../shared/run/layout.js';

/** What a person wrote to tell experiments apart, not to set anything. */
const unset = new Set(['name', '$schema']);

/** The settings a run was started with, by dotted key. @throws HardmineError `run-damaged`. */
export function readSettings(run: string): Settings {
  const file = join(run, runFiles.experiment);
  try {
    const settings: Record<string, string> = {};
    flatten(JSON.parse(readFileSync(file, 'utf8')), '', settings);
    return settings;
  } catch (error) {
    throw new HardmineError('run-damaged', `The experiment of this run cannot be read: ${messageOf(error)}.`, { place: { file }, remedy: 'Check that this is a run folder.', cause: error });
  }
}

function flatten(value: unknown, path: string, into: Record<string, string>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    into[path] = JSON.stringify(value);
    return;
  }
  for (const [key, inner] of Object.entries(value)) if (path !== '' || !unset.has(key)) flatten(inner, path === '' ? key : `${path}.${key}`, into);
}

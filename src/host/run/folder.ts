import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HardmineError, messageOf } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { fileError, replaceJson } from '../../shared/files.js';
import { readKeptExperiment } from '../../shared/run/experiment.js';
import { runFiles, runFolderName } from '../../shared/run/layout.js';

/**
 * Makes a run folder of its own under `parent` and writes the experiment into it, every default
 * spelt out. Two runs started in the same second get two folders.
 * @returns its absolute path.
 */
export function createRunFolder(parent: string, experiment: Experiment, now: Date): string {
  const base = resolve(parent, runFolderName(experiment.name, now));
  for (let copy = 1; ; copy++) {
    const folder = copy === 1 ? base : `${base}-${copy}`;
    try {
      mkdirSync(resolve(parent), { recursive: true });
      mkdirSync(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw fileError(error, folder);
    }
    replaceJson(join(folder, runFiles.experiment), experiment);
    return folder;
  }
}

/**
 * The experiment a run was started with.
 * @throws HardmineError `run-damaged`, or `file-missing` when this is no run folder.
 */
export function readRunExperiment(folder: string): Experiment {
  const file = join(folder, runFiles.experiment);
  if (!existsSync(file)) throw new HardmineError('file-missing', 'This is not a run folder: it holds no experiment.json.', { place: { file: folder }, remedy: 'Name a folder under .mil/runs; "mil runs" lists them.' });
  try {
    return readKeptExperiment(folder);
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s*\n\s*/g, ' ').replaceAll('✖ ', '') : messageOf(error);
    throw new HardmineError('run-damaged', `The experiment of this run cannot be read: ${why}`, { place: { file }, remedy: 'It was written by another version, or changed by hand. Start a new run.', cause: error });
  }
}

/**
 * Refuses to resume a run under another experiment than its own: its numbers would be of neither.
 * @param began what it was started with, where that is only a part of what the folder says, as in a study.
 * @throws HardmineError `run-not-resumable` naming the blocks that differ.
 */
export function ensureSameExperiment(folder: string, experiment: Experiment, began = readRunExperiment(folder)): void {
  const before = began as Record<string, unknown>;
  const after = experiment as Record<string, unknown>;
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => key !== '$schema' && JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (changed.length === 0) return;
  throw new HardmineError('run-not-resumable', `The experiment has changed since this run began: ${changed.join(', ')}.`, { place: { file: folder }, remedy: 'Undo the change to resume, or start a new run without --resume.' });
}

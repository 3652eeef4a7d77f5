import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../shared/diagnostics.js';
import { HardmineError, messageOf } from '../shared/errors.js';
import type { Experiment } from '../shared/experiment/index.js';
import { parseExperiment, type ParsedExperiment } from '../shared/experiment/parse.js';

/** Reads and parses an experiment file. @throws HardmineError `experiment-unreadable`. */
export function readExperimentFile(file: string): ParsedExperiment {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new HardmineError('experiment-unreadable', missing ? 'There is no such experiment file.' : `This experiment file cannot be read (${messageOf(error)}).`, { place: { file }, remedy: missing ? 'Check the path, or make a sample with "mil sample demo".' : 'Check its permissions.', cause: error });
  }
  return parseExperiment(text, file);
}

/** The experiment of a text without errors. @throws HardmineError `experiment-invalid` with the first of them. */
export function usableExperiment({ experiment, diagnostics }: ParsedExperiment): Experiment {
  if (experiment) return experiment;
  const [first, ...more] = diagnostics.filter(({ severity }) => severity === 'error');
  throw new HardmineError('experiment-invalid', `${first?.message ?? 'This is no experiment.'}${more.length > 0 ? ` (and ${more.length} more mistakes)` : ''}`, { ...(first ? { place: first.place } : {}), remedy: first?.remedy ?? 'Look at what "mil check" finds.' });
}

/** Whether something found forbids to train. */
export function forbids(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

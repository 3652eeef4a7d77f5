import type { Diagnostic } from '../diagnostics.js';

/** Experiment files as a language; `text` may be unsaved. */
export interface ExperimentService {
  /** All that `mil check` finds: the file's own mistakes, then those of the cohort, slides and encoder it names. */
  checkExperiment(file: string, text: string): Promise<readonly Diagnostic[]>;
}

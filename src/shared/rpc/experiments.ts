import type { Diagnostic, Fix } from '../diagnostics.js';
import type { RunEstimate } from '../experiment/estimate.js';

/** Text to put in place of some characters of a file. Offsets count UTF-16 units, as editors do. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a key or value of an experiment file means. Markdown; offsets as in `TextEdit`. */
export interface Explanation {
  readonly start: number;
  readonly end: number;
  /** Meaning, unit, range, default, source: the same for every value. */
  readonly meaning: string;
  /** What is to be said of the value written here: where it differs from the paper or the reference code. */
  readonly badges: readonly string[];
}

/** Something that could be written at a place of an experiment file. */
export interface Suggestion {
  readonly label: string;
  /** `key` and `value` are known from the JSON Schema too; `file` and `column` only from what lies on the disk. */
  readonly kind: 'key' | 'value' | 'file' | 'column';
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** A snippet, in VS Code's syntax. */
  readonly insert: string;
  /** What it replaces. */
  readonly start: number;
  readonly end: number;
}

/** What a whole check found. */
export interface ExperimentCheck {
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths of the files, apart from slides, that were looked at: when one changes, the check is stale. */
  readonly files: readonly string[];
}

/** Experiment files as a language; `text` may be unsaved. */
export interface ExperimentService {
  /** What the text has against itself; no other file is looked at. */
  lintExperiment(file: string, text: string): Promise<readonly Diagnostic[]>;
  /**
   * All that `mil check` finds: the file's own mistakes, then those of the cohort, slides and encoder it names.
   * @param readSlides whether slides are looked at for leaks, which takes a while; else what is remembered of them is used.
   */
  checkExperiment(file: string, text: string, readSlides: boolean): Promise<ExperimentCheck>;
  explainExperiment(file: string, text: string, offset: number): Promise<Explanation | undefined>;
  completeExperiment(file: string, text: string, offset: number): Promise<readonly Suggestion[]>;
  /** The edits that carry out a fix on `text`, the content of the experiment or table `file`. */
  editsOfFix(fix: Fix, file: string, text: string): Promise<readonly TextEdit[]>;
  /** What a run would take on this machine. @throws RemoteError when the text or its cohort cannot be used. */
  estimateExperiment(file: string, text: string): Promise<RunEstimate>;
}

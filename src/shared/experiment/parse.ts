import type { Diagnostic } from '../diagnostics.js';
import type { Place } from '../errors.js';
import { explain } from './explain.js';
import { experimentSchema, type Experiment } from './index.js';
import { checkRules } from './rules.js';
import type { Path } from './schema-tree.js';
import { ExperimentSource } from './source.js';
import { tentativeExperiment } from './tentative.js';

export interface ParsedExperiment {
  /** Every default written out; undefined when a diagnostic is an error. */
  readonly experiment?: Experiment;
  /** What stands in for it where it has errors: the wrong values left out, to look at its cohort by. */
  readonly tentative?: Experiment;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where the value at `path` stands, or else the block it would stand in. */
  placeOf(path: Path): Place;
}

/**
 * Reads the text of an experiment file: JSON (comments tolerated) or, by its ending, YAML.
 * Nothing but the text is looked at; never throws.
 * @param file name for the diagnostics, and for its ending.
 */
export function parseExperiment(text: string, file: string): ParsedExperiment {
  const source = new ExperimentSource(text, file);
  const placeOf = (path: Path): Place => source.place(source.offsetOf(path));
  if (source.document.errors.length > 0) return { diagnostics: syntaxErrors(source), placeOf };

  const data = source.data();
  const parsed = experimentSchema.safeParse(data);
  const findings = parsed.success ? checkRules(parsed.data) : parsed.error.issues.flatMap((issue) => explain(issue, data));
  const diagnostics = findings
    .map((finding) => ({ finding, offset: source.offsetOf(finding.path, finding.code === 'unknown-key') }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ finding: { severity, code, message, remedy, fixes }, offset }): Diagnostic => ({ severity, code, message, ...(remedy ? { remedy } : {}), place: source.place(offset), ...(fixes && fixes.length > 0 ? { fixes } : {}) }));
  const sound = parsed.success && findings.every(({ severity }) => severity === 'warning');
  if (sound) return { diagnostics, placeOf, experiment: parsed.data };
  const tentative = parsed.success ? parsed.data : tentativeExperiment(data);
  return { diagnostics, placeOf, ...(tentative ? { tentative } : {}) };
}

function syntaxErrors(source: ExperimentSource): Diagnostic[] {
  const language = source.yaml ? 'YAML' : 'JSON';
  return source.document.errors.map(({ code, message, pos: [offset] }): Diagnostic => {
    const place = source.place(offset);
    if (code === 'DUPLICATE_KEY') return { severity: 'error', code: 'duplicate-key', message: 'This key stands twice in the same block.', remedy: 'Keep one of the two.', place };
    return { severity: 'error', code: 'syntax', message: `This is not ${language}: ${message}.`, remedy: source.yaml ? 'Check indentation and colons just before this place.' : 'Check quotes, commas and brackets just before this place.', place };
  });
}

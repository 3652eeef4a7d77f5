import { isMap, isPair, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Diagnostic } from '../diagnostics.js';
import type { Place } from '../errors.js';
import { explain } from './explain.js';
import { experimentSchema, type Experiment } from './index.js';
import { checkRules } from './rules.js';
import type { Path } from './schema-tree.js';

export interface ParsedExperiment {
  /** Every default written out; undefined when a diagnostic is an error. */
  readonly experiment?: Experiment;
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
  const lines = new LineCounter();
  const json = !/\.ya?ml$/i.test(file);
  const document = parseDocument(json ? blankComments(text) : text, { lineCounter: lines, schema: json ? 'json' : 'core', prettyErrors: false });
  const placed = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  const placeOf = (path: Path): Place => placed(offsetOf(document, path));

  if (document.errors.length > 0) {
    const diagnostics = document.errors.map(
      ({ code, message, pos }): Diagnostic =>
        code === 'DUPLICATE_KEY'
          ? { severity: 'error', code: 'duplicate-key', message: 'This key stands twice in the same block.', remedy: 'Keep one of the two.', place: placed(pos[0]) }
          : { severity: 'error', code: 'syntax', message: `This is not ${json ? 'JSON' : 'YAML'}: ${message}.`, remedy: json ? 'Check quotes, commas and brackets just before this place.' : 'Check indentation and colons just before this place.', place: placed(pos[0]) },
    );
    return { diagnostics, placeOf };
  }

  const data = plainData(document);
  const parsed = experimentSchema.safeParse(data);
  const findings = parsed.success ? checkRules(parsed.data) : parsed.error.issues.flatMap((issue) => explain(issue, data));
  const diagnostics = findings
    .map((finding) => ({ finding, offset: offsetOf(document, finding.path, finding.code === 'unknown-key') }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ finding: { severity, code, message, remedy }, offset }): Diagnostic => ({ severity, code, message, ...(remedy ? { remedy } : {}), place: placed(offset) }));
  const sound = parsed.success && findings.every(({ severity }) => severity === 'warning');
  return { diagnostics, placeOf, ...(sound ? { experiment: parsed.data } : {}) };
}

/** Aliases that refer to themselves or multiply without end are no experiment: they read as nothing. */
function plainData(document: Document): unknown {
  try {
    return document.toJS() as unknown;
  } catch {
    return undefined;
  }
}

/** Where `path` stands: its value, or its key; of what is missing, the innermost block that is there. */
function offsetOf(document: Document, path: Path, atKey = false): number {
  let node: Node | null = document.contents;
  let offset = start(node);
  path.forEach((key, depth) => {
    const next = childOf(node, key);
    if (!next) {
      node = null;
      return;
    }
    offset = depth === path.length - 1 && atKey ? next.keyOffset : start(next.value) || next.keyOffset;
    node = next.value;
  });
  return offset;
}

function childOf(node: Node | null, key: Path[number]): { keyOffset: number; value: Node | null } | undefined {
  if (isSeq(node)) {
    const value = (node.items as (Node | null)[])[Number(key)];
    return value === undefined ? undefined : { keyOffset: start(value), value };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isPair(item) && String((item.key as { value?: unknown } | null)?.value) === String(key));
  return pair && { keyOffset: start(pair.key as Node | null), value: pair.value as Node | null };
}

function start(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

/** Comments become spaces, so that every other character keeps its place. */
function blankComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (match) => (match.startsWith('"') ? match : match.replace(/[^\r\n]/g, ' ')));
}

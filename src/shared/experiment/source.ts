import { isMap, isPair, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml';
import type { Place } from '../errors.js';
import type { Path } from './schema-tree.js';

/** A piece of the text, by character offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where one value stands: its key (of an item of a list its value), and the value where it has one. */
export interface Entry {
  readonly key: Span;
  readonly value: Span | undefined;
}

/** Whether a file is read as YAML, by its ending; everything else is JSON with comments. */
export function isYaml(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

/** The text of an experiment file and its tree, in which every value knows where it stands. JSON is read as the subset of YAML it is. */
export class ExperimentSource {
  readonly document: Document;
  readonly yaml: boolean;
  private readonly lines = new LineCounter();

  constructor(
    readonly text: string,
    readonly file: string,
  ) {
    this.yaml = isYaml(file);
    this.document = parseDocument(this.yaml ? text : blankComments(text), { lineCounter: this.lines, schema: this.yaml ? 'core' : 'json', prettyErrors: false });
  }

  /** Plain data. Aliases that refer to themselves or multiply without end are no experiment: they read as nothing. */
  data(): unknown {
    try {
      return this.document.toJS() as unknown;
    } catch {
      return undefined;
    }
  }

  /** Line and column, 1-based, of a character. */
  place(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Where `path` stands: its value, or its key; of what is missing, the innermost block that is there. */
  offsetOf(path: Path, atKey = false): number {
    let node: Node | null = this.document.contents;
    let offset = startOf(node);
    path.forEach((key, depth) => {
      const next = childOf(node, key);
      node = next?.value ?? null;
      if (next) offset = depth === path.length - 1 && atKey ? startOf(next.key) : startOf(next.value) || startOf(next.key);
    });
    return offset;
  }

  /** The entry at `path`; undefined where there is none. The empty path has no key, only a value. */
  entry(path: Path): Entry | undefined {
    let node: Node | null = this.document.contents;
    let key: Node | null = node;
    for (const name of path) {
      const next = childOf(node, name);
      if (!next) return undefined;
      ({ key, value: node } = next);
    }
    return key ? { key: spanOf(key), value: node ? spanOf(node) : undefined } : undefined;
  }

  /** The innermost entry whose key or value holds a character, and which of the two. */
  at(offset: number): { readonly path: Path; readonly part: 'key' | 'value'; readonly span: Span } | undefined {
    const search = (node: Node | null, path: Path): ReturnType<ExperimentSource['at']> => {
      if (!holds(node, offset)) return undefined;
      for (const { name, key, value } of childrenOf(node)) {
        if (key !== value && holds(key, offset)) return { path: [...path, name], part: 'key', span: spanOf(key!) };
        if (holds(value, offset)) return search(value, [...path, name]) ?? (isMap(value) ? undefined : { path: [...path, name], part: 'value', span: spanOf(value!) });
      }
      return undefined;
    };
    return search(this.document.contents, []);
  }
}

interface Child {
  readonly name: string | number;
  readonly key: Node | null;
  readonly value: Node | null;
}

function childrenOf(node: Node | null): Child[] {
  if (isSeq(node)) return (node.items as (Node | null)[]).map((value, name) => ({ name, key: value, value }));
  if (!isMap(node)) return [];
  return (node.items as Pair<Node | null, Node | null>[]).filter(isPair).map(({ key, value }) => ({ name: String((key as { value?: unknown } | null)?.value), key, value }));
}

function childOf(node: Node | null, name: Path[number]): Child | undefined {
  return childrenOf(node).find((child) => String(child.name) === String(name));
}

function holds(node: Node | null, offset: number): boolean {
  return node?.range !== undefined && node.range !== null && offset >= node.range[0] && offset <= node.range[1];
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

/** Comments become spaces, so that every other character keeps its place. */
function blankComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (match) => (match.startsWith('"') ? match : match.replace(/[^\r\n]/g, ' ')));
}

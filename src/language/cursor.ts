import { getLocation } from 'jsonc-parser';
import type { Path } from '../shared/experiment/schema-tree.js';
import { isYaml, type Span } from '../shared/experiment/source.js';

/** Where somebody types: the path of the key or value there, and the text that it would replace. */
export interface Cursor {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly span: Span;
  /** Spaces before the line, in YAML. */
  readonly indent: string;
}

/** Where a character lies in a text that may be half written; undefined within comments and other places where nothing can stand. */
export function cursorAt(text: string, file: string, offset: number): Cursor | undefined {
  return isYaml(file) ? yamlCursor(text, offset) : jsonCursor(text, offset);
}

function jsonCursor(text: string, offset: number): Cursor | undefined {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const typed = previousNode && offset >= previousNode.offset && offset <= previousNode.offset + previousNode.length ? previousNode : undefined;
  const span = typed ? { start: typed.offset, end: typed.offset + typed.length } : { start: offset, end: offset };
  return path.length === 0 ? undefined : { path: isAtPropertyKey ? path.slice(0, -1) : path, part: isAtPropertyKey ? 'key' : 'value', span, indent: '' };
}

/** By indentation alone, as half written YAML has no tree: `key` at a line that holds at most a word, `value` behind a colon. */
function yamlCursor(text: string, offset: number): Cursor | undefined {
  const lines = text.slice(0, offset).split('\n');
  const typed = lines.pop()!;
  const rest = /^[^\s#]*/.exec(text.slice(offset))![0].length;
  const key = /^(\s*)([\w$]*)$/.exec(typed);
  if (key) return { path: parents(lines, key[1]!.length), part: 'key', span: { start: offset - key[2]!.length, end: offset + rest }, indent: key[1]! };
  const value = /^(\s*)([\w$]+):\s+(\S*)$/.exec(typed);
  if (value) return { path: [...parents(lines, value[1]!.length), value[2]!], part: 'value', span: { start: offset - value[3]!.length, end: offset + rest }, indent: value[1]! };
  const item = /^(\s*)([\w$]+):\s+\[(.*,)?\s*([^\s,\]]*)$/.exec(typed);
  if (!item) return undefined;
  const index = (item[3] ?? '').split(',').length - 1;
  return { path: [...parents(lines, item[1]!.length), item[2]!, index], part: 'value', span: { start: offset - item[4]!.length, end: offset + /^[^\s#,\]]*/.exec(text.slice(offset))![0].length }, indent: item[1]! };
}

/** The keys whose blocks hold a line of this indentation. */
function parents(before: readonly string[], indent: number): string[] {
  const path: string[] = [];
  let within = indent;
  for (const line of [...before].reverse()) {
    const key = /^(\s*)([\w$]+):/.exec(line);
    if (!key || key[1]!.length >= within) continue;
    path.unshift(key[2]!);
    within = key[1]!.length;
  }
  return path;
}

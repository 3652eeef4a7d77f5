import { applyEdits, modify } from 'jsonc-parser';
import { parseDocument, stringify, type Document } from 'yaml';
import type { ExperimentFix } from '../shared/diagnostics.js';
import { valueAt, type Path } from '../shared/experiment/schema-tree.js';
import { ExperimentSource } from '../shared/experiment/source.js';
import type { TextEdit } from '../shared/rpc/experiments.js';
import { smallestEdit } from './edit.js';

/**
 * The edits that carry out a fix on the text of an experiment file, JSON or YAML; comments and
 * everything else stay as they are. Empty where the text has moved on and the fix no longer fits.
 */
export function experimentEdits(text: string, file: string, fix: ExperimentFix): TextEdit[] {
  const source = new ExperimentSource(text, file);
  if (fix.kind === 'add') {
    const list = valueAt(source.data(), fix.path);
    return experimentEdits(text, file, { ...fix, kind: 'set', ...(Array.isArray(list) ? { path: [...fix.path, list.length] } : { value: [fix.value] }) });
  }
  const entry = source.entry(fix.path);
  if (fix.kind === 'rename') return entry ? [{ ...entry.key, text: source.yaml ? fix.key : JSON.stringify(fix.key) }] : [];
  // A plain value is put in the place of the old one; all else goes through the tree of the language.
  if (fix.kind === 'set' && entry?.value && !isBlock(source, fix.path) && typeof fix.value !== 'object') return [{ ...entry.value, text: plain(fix.value, source.yaml) }];
  if (fix.kind !== 'set' && !entry) return [];
  const after = source.yaml ? inYaml(text, fix) : inJson(text, fix, source.data());
  return after === text ? [] : [smallestEdit(text, after)];
}

function isBlock(source: ExperimentSource, path: Path): boolean {
  const value = valueAt(source.data(), path);
  return typeof value === 'object' && value !== null;
}

/** A value in the words of the language. */
function plain(value: unknown, yaml: boolean): string {
  return yaml ? stringify(value, { lineWidth: 0 }).trimEnd() : JSON.stringify(value);
}

function inJson(text: string, fix: Exclude<ExperimentFix, { kind: 'rename' | 'add' }>, data: unknown): string {
  const indent = /\n( +|\t)\S/.exec(text)?.[1] ?? '  ';
  const formattingOptions = { tabSize: indent.length, insertSpaces: indent !== '\t', eol: text.includes('\r\n') ? '\r\n' : '\n' };
  const put = (into: string, path: Path, value: unknown): string => applyEdits(into, modify(into, path as (string | number)[], value, { formattingOptions }));
  switch (fix.kind) {
    case 'set':
      return put(text, fix.path, fix.value);
    case 'remove':
      return put(text, fix.path, undefined);
    case 'move':
      return put(put(text, fix.path, undefined), fix.to, valueAt(data, fix.path));
  }
}

function inYaml(text: string, fix: Exclude<ExperimentFix, { kind: 'rename' | 'add' }>): string {
  const document = parseDocument(text);
  const value = fix.kind === 'set' ? document.createNode(fix.value, { flow: Array.isArray(fix.value) }) : document.getIn(fix.path, true);
  if (fix.kind !== 'set') removeIn(document, fix.path);
  if (fix.kind !== 'remove') document.setIn(fix.kind === 'set' ? fix.path : fix.to, value);
  return document.toString({ indent: /\n( +)[^\s#-]/.exec(text)?.[1]!.length ?? 2, lineWidth: 0, flowCollectionPadding: /[[{] /.test(text) });
}

/** Takes a value away, and the block it leaves empty. */
function removeIn(document: Document, path: Path): void {
  document.deleteIn(path);
  const block = document.getIn(path.slice(0, -1)) as { readonly items?: readonly unknown[] } | undefined;
  if (path.length > 1 && block?.items?.length === 0) document.deleteIn(path.slice(0, -1));
}

import { Range, type TextDocument } from 'vscode';
import type { Place } from '../../shared/errors.js';

/** A key, value or cell. */
const token = /"(?:[^"\\]|\\.|"")*"|[^\s,;:[\]{}]+/y;
const cell = /"(?:[^"]|"")*"|[^,;\t]+/y;
const wholeLine = 10_000;

/**
 * What a finding underlines: the token at its place, the line where it has no column, the first line
 * where it has neither. Of a document that is not open, the rest of the line.
 */
export function rangeAt(document: TextDocument | undefined, { line = 1, column }: Place): Range {
  const row = Math.max(0, line - 1);
  const start = Math.max(0, (column ?? 1) - 1);
  if (!document || row >= document.lineCount) return new Range(row, start, row, wholeLine);
  const { text, firstNonWhitespaceCharacterIndex } = document.lineAt(row);
  if (column === undefined) return new Range(row, firstNonWhitespaceCharacterIndex, row, text.length);
  const pattern = /\.mil\.(json|ya?ml)$/i.test(document.uri.path) ? token : cell;
  pattern.lastIndex = start;
  const length = pattern.exec(text)?.[0].trimEnd().length ?? 1;
  return new Range(row, start, row, start + length);
}

import type { TableFix } from '../shared/diagnostics.js';
import { delimiterOf } from '../shared/csv.js';
import type { TextEdit } from '../shared/rpc/experiments.js';

interface TableRecord {
  /** 1-based, where the record begins. */
  readonly line: number;
  readonly cells: readonly { readonly start: number; readonly end: number }[];
  readonly end: number;
}

/**
 * The edits that carry out a fix on the text of a CSV table. Cells that no longer hold what they
 * held when the fix was offered are left alone.
 */
export function tableEdits(text: string, fix: TableFix): TextEdit[] {
  const delimiter = delimiterOf(text);
  const records = recordsOf(text, delimiter);
  if (fix.kind === 'column') {
    const values = new Map(fix.values.map(({ line, value }) => [line, value]));
    return records.map(({ line, end }, index) => ({ start: end, end, text: `${delimiter}${quoted(index === 0 ? fix.name : (values.get(line) ?? ''), delimiter)}` }));
  }
  const byLine = new Map(records.map((record) => [record.line, record]));
  return fix.cells.flatMap(({ line, cell, was, value }) => {
    const span = byLine.get(line)?.cells[cell];
    return span && content(text.slice(span.start, span.end)) === was ? [{ ...span, text: quoted(value, delimiter) }] : [];
  });
}

/** The records with a cell that is not empty; breaks and delimiters within quotes belong to their cell. */
function recordsOf(text: string, delimiter: string): TableRecord[] {
  const records: TableRecord[] = [];
  let cells: { start: number; end: number }[] = [];
  let [quotedNow, start, line, firstLine] = [false, text.startsWith('\uFEFF') ? 1 : 0, 1, 1];
  for (let at = start; at <= text.length; at++) {
    const character = text[at];
    if (character === '"') quotedNow = !quotedNow;
    const ends = at === text.length || (character === '\n' && !quotedNow);
    if (ends || (character === delimiter && !quotedNow)) {
      cells.push({ start, end: ends && text[at - 1] === '\r' ? at - 1 : at });
      start = at + 1;
    }
    if (ends) {
      if (cells.some((cell) => content(text.slice(cell.start, cell.end)) !== '')) records.push({ line: firstLine, cells, end: cells.at(-1)!.end });
      cells = [];
      firstLine = line + 1;
    }
    if (character === '\n') line++;
  }
  return records;
}

/** What a cell says, without quotes and the blanks around. */
function content(cell: string): string {
  const trimmed = cell.trim();
  return /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1).replace(/""/g, '"').trim() : trimmed;
}

function quoted(value: string, delimiter: string): string {
  return value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}

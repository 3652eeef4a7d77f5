import { describeEngine } from '../../engine/select.js';
import type { VerifyReport } from './report.js';
import { relativeMeans } from './section.js';

/** A verification as a table for people; sections that fail say where. */
export function renderVerify({ file, engine, tolerance, sections, passed }: VerifyReport): string {
  const head = ['section', 'numbers', 'largest absolute', 'largest relative', ''];
  const rows = sections.map((section) => [
    section.name,
    String(section.compared),
    section.largestAbsolute.toExponential(1),
    section.largestRelative.toExponential(1),
    section.passed ? 'ok' : `FAILED at ${section.worst}`,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row: readonly string[]) => row.map((cell, column) => (column === 0 || column === 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ').trimEnd();
  const verdict = passed ? 'All within' : 'Not all within';
  return [
    `${file} on ${describeEngine(engine)}`,
    '',
    line(head),
    ...rows.map(line),
    '',
    `${verdict} ${tolerance} relative; the selected patches must be the same.`,
    relativeMeans,
  ].join('\n');
}

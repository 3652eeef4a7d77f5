import type { TableFix } from '../shared/diagnostics.js';
import { readCsv } from './table/csv.js';

/** Resolutions scanners are known for, µm/px. */
const usual = [
  { mpp: '0.25', power: '40×' },
  { mpp: '0.5', power: '20×' },
] as const;

/**
 * Ways to say the resolution of slides whose files do not: a column, or empty cells of it, filled with
 * a usual value that a person vouches for, or left to be filled in.
 * @param lines lines of those slides in the table.
 * @throws HardmineError as `readCsv` does.
 */
export function resolutionFixes(table: string, column: string, lines: readonly number[]): TableFix[] {
  const { header, rows } = readCsv(table);
  const cell = header.cells.indexOf(column);
  const slides = `${lines.length} ${lines.length === 1 ? 'slide' : 'slides'}`;
  if (cell >= 0) {
    const cells = rows.filter(({ line }) => lines.includes(line)).map((row) => ({ line: row.line, cell, was: row.cells[cell] ?? '' }));
    return usual.map(({ mpp, power }) => ({ kind: 'cells', title: `These are ${power}: write ${mpp} µm/px for ${slides}`, file: table, cells: cells.map((place) => ({ ...place, value: mpp })) }));
  }
  return [
    ...usual.map(({ mpp, power }): TableFix => ({ kind: 'column', title: `These are ${power}: add the column "${column}" with ${mpp} µm/px for ${slides}`, file: table, name: column, values: lines.map((line) => ({ line, value: mpp })) })),
    { kind: 'column', title: `Add an empty column "${column}" to fill in`, file: table, name: column, values: [] },
  ];
}

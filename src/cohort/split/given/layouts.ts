import type { SplitName } from '../../contract.js';
import { nearestName, type CsvTable } from '../../table/csv.js';
import type { TableFindings } from '../../table/findings.js';
import type { Assignment } from './contract.js';

const spellings: Readonly<Record<string, SplitName>> = { train: 'train', val: 'validation', validation: 'validation', test: 'test' };
const parts = [['train', 'train'], ['val', 'validation'], ['test', 'test']] as const;

/** A layout of CSV files, told by its header and first cells. */
interface Layout {
  matches(table: CsvTable): boolean;
  read(table: CsvTable, findings: TableFindings): Assignment[];
}

/** What a table assigns, by whichever layout it has. */
export function readLayout(table: CsvTable, findings: TableFindings): Assignment[] {
  return (layouts.find((layout) => layout.matches(table)) ?? hardmine).read(table, findings);
}

/** Whether every row names one slide, whose part a fix can rewrite. */
export function isOurs(table: CsvTable): boolean {
  return layouts.every((layout) => !layout.matches(table));
}

const column = ({ header }: CsvTable, name: string): number => header.cells.indexOf(name);
const hasParts = (table: CsvTable): boolean => column(table, 'train') >= 0 && (column(table, 'test') >= 0 || column(table, 'val') >= 0);
const isTruth = (cell: string | undefined): boolean => /^(true|false)$/i.test(cell ?? '');

/** TransMIL: train, train_label, val, val_label, test, test_label; columns of different length. */
const transmil: Layout = {
  matches: (table) => hasParts(table) && column(table, 'train_label') >= 0,
  read: (table) =>
    columnsOf(table).map((assignment): Assignment => {
      const label = assignment.row.cells[column(table, `${table.header.cells[assignment.cell]}_label`)] ?? '';
      return label === '' ? assignment : { ...assignment, label: Number(label) };
    }),
};

/** CLAM's `_bool.csv`: a slide a row, True in the column of its part. */
const clamTruths: Layout = {
  matches: (table) => hasParts(table) && table.rows.length > 0 && isTruth(table.rows[0]!.cells[column(table, 'train')]),
  read: (table) =>
    table.rows.flatMap((row) => parts.filter(([name]) => /^true$/i.test(row.cells[column(table, name)] ?? '')).map(([name, part]): Assignment => ({ id: row.cells[0] ?? '', part, row, cell: column(table, name) }))),
};

/** CLAM's `splits_k.csv`: a column a part, of different length, holding slide ids. */
const clam: Layout = { matches: hasParts, read: columnsOf };

const layouts: readonly Layout[] = [transmil, clamTruths, clam];

function columnsOf(table: CsvTable): Assignment[] {
  return parts.flatMap(([name, part]) => {
    const cell = column(table, name);
    return cell < 0 ? [] : table.rows.filter((row) => (row.cells[cell] ?? '') !== '').map((row): Assignment => ({ id: row.cells[cell]!, part, row, cell }));
  });
}

/** Ours: columns slide_id and split. */
const hardmine: Layout = {
  matches: () => true,
  read(table, findings) {
    const slideColumn = findings.requireColumn('slide_id');
    const splitColumn = findings.requireColumn('split');
    if (slideColumn === undefined || splitColumn === undefined) return [];
    return table.rows.flatMap((row): Assignment[] => {
      const word = row.cells[splitColumn] ?? '';
      const part = spellings[word.toLowerCase()];
      if (part !== undefined) return [{ id: row.cells[slideColumn] ?? '', part, row, cell: splitColumn, word }];
      const near = nearestName(word, Object.keys(spellings));
      findings.error('split-unknown-part', `"${word}" is not a part of a split.`, `Write train, val or test${near === undefined ? '' : `; did you mean "${near}"`}.`, row, splitColumn, near === undefined ? [] : [findings.write(`Replace with "${near}"`, row, splitColumn, near)]);
      return [];
    });
  },
};

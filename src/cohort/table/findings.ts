import type { Diagnostic, Fix, TableFix } from '../../shared/diagnostics.js';
import { HardmineError, type Place } from '../../shared/errors.js';
import { nearestName, type CsvRow, type CsvTable } from './csv.js';

/** Collects what is wrong with a table, so that one reading shows everything. */
export class TableFindings {
  readonly diagnostics: Diagnostic[] = [];

  constructor(private readonly table: CsvTable) {}

  error(code: string, message: string, remedy: string, row?: CsvRow, cell?: number, fixes: readonly Fix[] = []): void {
    this.add('error', code, message, remedy, row, cell, fixes);
  }

  warning(code: string, message: string, remedy: string, row?: CsvRow, cell?: number, fixes: readonly Fix[] = []): void {
    this.add('warning', code, message, remedy, row, cell, fixes);
  }

  /** A fix that writes `value` into one cell. */
  write(title: string, row: CsvRow, cell: number, value: string): TableFix {
    return { kind: 'cells', title, file: this.table.file, cells: [{ line: row.line, cell, was: row.cells[cell] ?? '', value }] };
  }

  /** Index of a column; where the table lacks it, an error that names the nearest one, and undefined. */
  requireColumn(name: string, setting?: string): number | undefined {
    const { header } = this.table;
    const index = header.cells.indexOf(name);
    if (index >= 0) return index;
    const near = nearestName(name, header.cells);
    const rename = setting === undefined ? 'Rename the column' : `Rename the column, or set \`${setting}\``;
    this.error('cohort-missing-column', `The table has no column "${name}"; it has ${header.cells.map((cell) => `"${cell}"`).join(', ')}.`, near === undefined ? `${rename}.` : `Did you mean "${near}"? ${rename}.`, header, undefined, near === undefined ? [] : this.takeColumn(name, near, setting));
    return undefined;
  }

  /** Either the experiment takes the column that is there, or the column takes the name that is wanted. */
  private takeColumn(name: string, near: string, setting: string | undefined): Fix[] {
    const { header } = this.table;
    const rename = this.write(`Rename the column "${near}" to "${name}"`, header, header.cells.indexOf(near), name);
    return [...(setting === undefined ? [] : [{ kind: 'set', title: `Set "${setting}" to "${near}"`, path: setting.split('.'), value: near } as const]), rename];
  }

  private add(severity: Diagnostic['severity'], code: string, message: string, remedy: string, row: CsvRow | undefined, cell: number | undefined, fixes: readonly Fix[]): void {
    this.diagnostics.push({ severity, code, message, remedy, place: this.place(row, cell), ...(fixes.length > 0 ? { fixes } : {}) });
  }

  private place(row: CsvRow | undefined, cell: number | undefined): Place {
    const { file } = this.table;
    if (!row) return { file };
    return cell === undefined ? { file, line: row.line } : { file, ...row.place(cell) };
  }
}

/** An error that stopped a reading, as a diagnostic. @throws anything that was not written for people. */
export function diagnosticOf(error: unknown): Diagnostic {
  if (!(error instanceof HardmineError)) throw error;
  return { severity: 'error', code: error.code, message: error.what, ...(error.remedy !== undefined && { remedy: error.remedy }), place: error.place };
}

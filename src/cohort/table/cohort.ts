import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Diagnostic } from '../../shared/diagnostics.js';
import type { CohortOptions } from '../../shared/experiment/index.js';
import type { CohortSlide } from '../contract.js';
import { nearestName, readCsv, type CsvRow, type CsvTable } from './csv.js';
import { diagnosticOf, TableFindings } from './findings.js';

export interface Cohort {
  /** The rows without an error, in the order of the table. */
  readonly slides: CohortSlide[];
  readonly diagnostics: Diagnostic[];
}

interface Columns {
  readonly slide: number;
  readonly label: number;
  readonly path: number | undefined;
  readonly patient: number | undefined;
  readonly mpp: number | undefined;
}

/**
 * Reads and checks a cohort table; one wrong row never hides the others.
 * @param baseFolder folder of the experiment file, which `table` and `slides` are relative to.
 * @param needs.needSlides whether each slide's file must exist (not so where features come from stores).
 */
export function readCohort(options: CohortOptions, baseFolder: string, needs: { readonly needSlides: boolean }): Promise<Cohort> {
  return Promise.resolve().then(() => {
    const file = resolve(baseFolder, options.table);
    let table: CsvTable;
    try {
      table = readCsv(file);
    } catch (error) {
      return { slides: [], diagnostics: [diagnosticOf(error)] };
    }
    const findings = new TableFindings(table);
    const columns = findColumns(table, options, needs.needSlides, findings);
    if (!columns) return { slides: [], diagnostics: findings.diagnostics };
    const folder = options.slides === '' ? dirname(file) : resolve(baseFolder, options.slides);
    const reader = new RowReader(table, columns, options, folder, needs.needSlides, findings);
    const slides = table.rows.map((row) => reader.read(row)).filter((slide) => slide !== undefined);
    checkClasses(slides, table, options, findings);
    checkNames(slides, options, findings, table);
    return { slides, diagnostics: findings.diagnostics };
  });
}

function findColumns(table: CsvTable, options: CohortOptions, needSlides: boolean, findings: TableFindings): Columns | undefined {
  const optional = (name: string): number | undefined => {
    const index = table.header.cells.indexOf(name);
    return index < 0 ? undefined : index;
  };
  const slide = findings.requireColumn(options.columns.slide, 'cohort.columns.slide');
  const label = findings.requireColumn(options.columns.label, 'cohort.columns.label');
  const path = needSlides ? findings.requireColumn(options.columns.path, 'cohort.columns.path') : optional(options.columns.path);
  const patient = optional(options.columns.patient);
  if (patient === undefined) {
    findings.warning('cohort-no-patients', `The table has no column "${options.columns.patient}": every slide counts as its own patient.`, 'If some patients have several slides, add the column (or set `cohort.columns.patient`), or the same patient may train and test.', table.header);
  }
  if (slide === undefined || label === undefined || (needSlides && path === undefined)) return undefined;
  return { slide, label, path, patient, mpp: optional(options.columns.mpp) };
}

/** Turns rows into slides and says what is wrong with those it cannot. */
class RowReader {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly table: CsvTable,
    private readonly columns: Columns,
    private readonly options: CohortOptions,
    private readonly folder: string,
    private readonly needSlides: boolean,
    private readonly findings: TableFindings,
  ) {}

  read(row: CsvRow): CohortSlide | undefined {
    const { header } = this.table;
    if (row.cells.length !== header.cells.length) {
      this.findings.error('cohort-ragged-row', `This row has ${row.cells.length} cells, the header ${header.cells.length}.`, 'Quote cells that contain the delimiter; give every column a cell, if an empty one.', row);
      return undefined;
    }
    const id = this.id(row);
    const label = this.label(row);
    const patient = this.columns.patient === undefined ? id : this.filled(row, this.columns.patient);
    const mpp = this.mpp(row);
    const path = this.path(row);
    if (id === undefined || label === undefined || patient === undefined || mpp === 'wrong' || path === undefined) return undefined;
    return { id, path, label, patient, mpp, line: row.line };
  }

  private id(row: CsvRow): string | undefined {
    const id = this.filled(row, this.columns.slide);
    if (id === undefined) return undefined;
    const before = this.seen.get(id);
    if (before !== undefined) {
      this.findings.error('cohort-duplicate-slide', `Slide "${id}" stands in line ${before} already.`, 'Every slide needs an id of its own; remove one of the rows.', row, this.columns.slide);
      return undefined;
    }
    this.seen.set(id, row.line);
    return id;
  }

  private label(row: CsvRow): 0 | 1 | undefined {
    const value = this.filled(row, this.columns.label);
    if (value === undefined) return undefined;
    const index = this.options.classes.indexOf(value);
    if (index === 0 || index === 1) return index;
    const [negative, positive] = this.options.classes;
    const near = nearestName(value, this.options.classes);
    this.findings.error('cohort-unknown-label', `Label "${value}" is neither "${negative}" (negative) nor "${positive}" (positive).`, `${near === undefined ? '' : `Did you mean "${near}"? `}Set \`cohort.classes\` to the two values of the table, the negative one first.`, row, this.columns.label);
    return undefined;
  }

  private mpp(row: CsvRow): number | undefined | 'wrong' {
    const text = this.columns.mpp === undefined ? '' : row.cells[this.columns.mpp];
    if (text === '') return undefined;
    const mpp = Number(text);
    if (mpp > 0 && Number.isFinite(mpp)) return mpp;
    this.findings.error('cohort-invalid-mpp', `"${text}" is not a resolution in µm/px.`, 'Write a positive number with a decimal point, e.g. 0.25, or leave the cell empty to use what the file says.', row, this.columns.mpp);
    return 'wrong';
  }

  private path(row: CsvRow): string | undefined {
    if (this.columns.path === undefined) return '';
    if (!this.needSlides) return row.cells[this.columns.path] === '' ? '' : resolve(this.folder, row.cells[this.columns.path]);
    const cell = this.filled(row, this.columns.path);
    if (cell === undefined) return undefined;
    const path = resolve(this.folder, cell);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
    this.findings.error('slide-missing', `The slide file "${cell}" is not in ${this.folder}.`, 'Check the cell, or set `cohort.slides` to the folder the paths start from.', row, this.columns.path);
    return undefined;
  }

  private filled(row: CsvRow, cell: number): string | undefined {
    if (row.cells[cell] !== '') return row.cells[cell];
    this.findings.error('cohort-empty-cell', `The cell "${this.table.header.cells[cell]}" is empty.`, 'Fill it, or remove the row.', row, cell);
    return undefined;
  }
}

function checkClasses(slides: readonly CohortSlide[], table: CsvTable, options: CohortOptions, findings: TableFindings): void {
  if (table.rows.length === 0) return findings.error('cohort-empty', 'The table has a header but no slides.', 'Add a row for each slide.', table.header);
  const found = new Set(slides.map(({ label }) => label));
  if (found.size !== 1) return;
  const missing = found.has(1) ? 0 : 1;
  findings.error('cohort-one-class', `All ${slides.length} readable slides are "${options.classes[1 - missing]}"; none is "${options.classes[missing]}".`, 'Learning needs slides of both classes: add some, or check `cohort.classes` and the label column.');
}

/** A label spelt out in file names is how leaks begin: labels come from the table, and the user should know. */
function checkNames(slides: readonly CohortSlide[], options: CohortOptions, findings: TableFindings, table: CsvTable): void {
  const telling = slides.filter(({ path, label }) => {
    const name = options.classes[label].toLowerCase();
    return name.length >= 3 && basename(path).toLowerCase().split(/[^\p{L}\p{N}]+|\d+/u).includes(name);
  });
  if (telling.length === 0) return;
  const row = table.rows.find(({ line }) => line === telling[0].line);
  findings.warning('label-in-file-name', `The label can be read from the file name of ${telling.length} of ${slides.length} slides, first "${basename(telling[0].path)}".`, 'Labels are taken from the table alone; rename the files before people look at results blindly.', row);
}

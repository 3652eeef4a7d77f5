import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { TableFix } from '../../shared/diagnostics.js';
import type { CohortOptions } from '../../shared/experiment/index.js';
import type { CohortSlide } from '../contract.js';
import { outputsOf } from './classes.js';
import { nearestName, type CsvRow, type CsvTable } from './csv.js';
import type { TableFindings } from './findings.js';

/** Where the columns of a cohort table are, counted from 0. */
export interface Columns {
  readonly slide: number;
  readonly label: number;
  readonly path: number | undefined;
  readonly patient: number | undefined;
  readonly mpp: number | undefined;
  readonly site: number | undefined;
}

/** Turns rows into slides and says what is wrong with those it cannot. */
export class RowReader {
  private readonly seen = new Map<string, number>();
  /** Names in folders that a missing slide should be in. */
  private readonly listed = new Map<string, readonly string[]>();

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
    const classes = this.classes(row);
    const patient = this.columns.patient === undefined ? id : this.filled(row, this.columns.patient);
    const mpp = this.mpp(row);
    const path = this.path(row);
    if (id === undefined || classes === undefined || patient === undefined || mpp === 'wrong' || path === undefined) return undefined;
    const site = this.columns.site === undefined ? '' : row.cells[this.columns.site]!;
    return { id, path, label: classes.length > 0 ? 1 : 0, classes, patient, ...(site === '' ? {} : { site }), mpp, line: row.line };
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

  /** Outputs of the slide; the negative class has none. */
  private classes(row: CsvRow): readonly number[] | undefined {
    const cell = this.filled(row, this.columns.label);
    if (cell === undefined) return undefined;
    const { classes, negative, separator } = this.options;
    const values = separator === '' ? [cell] : cell.split(separator).map((value) => value.trim());
    const unknown = values.find((value) => !classes.includes(value));
    if (unknown !== undefined) return this.unknownLabel(unknown, row);
    if (negative && values.length > 1 && values.includes(classes[0])) {
      this.findings.error('cohort-label-contradicts', `A slide cannot be "${classes[0]}" and something else: "${cell}".`, `The first of \`cohort.classes\` is negative: nothing of the others is in such a slide. Correct the cell, or set \`cohort.negative\` to false.`, row, this.columns.label);
      return undefined;
    }
    return outputsOf(this.options, values);
  }

  private unknownLabel(value: string, row: CsvRow): undefined {
    const { classes, negative } = this.options;
    const near = nearestName(value, classes);
    const known = negative && classes.length === 2 ? `neither "${classes[0]}" (negative) nor "${classes[1]}" (positive)` : `none of ${classes.map((name) => `"${name}"`).join(', ')}`;
    const advice = classes.length === 2 ? 'Set `cohort.classes` to the two values of the table, the negative one first.' : 'Set `cohort.classes` to the values of the table, the negative one first; `cohort.separator` says what stands between several in one cell.';
    this.findings.error('cohort-unknown-label', `Label "${value}" is ${known}.`, `${near === undefined ? '' : `Did you mean "${near}"? `}${advice}`, row, this.columns.label, near === undefined ? [] : [this.findings.write(`Replace with "${near}"`, row, this.columns.label, near)]);
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
    const found = statSync(path, { throwIfNoEntry: false });
    // A DICOM slide is a folder of files.
    if (found?.isFile() || found?.isDirectory()) return path;
    this.findings.error('slide-missing', `The slide file "${cell}" is not in ${this.folder}.`, 'Check the cell, or set `cohort.slides` to the folder the paths start from.', row, this.columns.path, this.nearestFile(row, this.columns.path, path));
    return undefined;
  }

  /** A file of nearly this name in the same folder is probably the one meant. */
  private nearestFile(row: CsvRow, cell: number, path: string): TableFix[] {
    const folder = dirname(path);
    const names = (this.listed.get(folder) ?? namesIn(folder)).filter((name) => !name.startsWith('.'));
    this.listed.set(folder, names);
    const near = nearestName(basename(path), names);
    if (near === undefined) return [];
    const value = row.cells[cell]!.slice(0, row.cells[cell]!.length - basename(path).length) + near;
    return [this.findings.write(`Replace with "${value}"`, row, cell, value)];
  }

  private filled(row: CsvRow, cell: number): string | undefined {
    if (row.cells[cell] !== '') return row.cells[cell];
    this.findings.error('cohort-empty-cell', `The cell "${this.table.header.cells[cell]}" is empty.`, 'Fill it, or remove the row.', row, cell);
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}

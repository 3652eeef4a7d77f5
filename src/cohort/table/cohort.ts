import { dirname, resolve } from 'node:path';
import type { Diagnostic } from '../../shared/diagnostics.js';
import type { CohortOptions } from '../../shared/experiment/index.js';
import type { CohortSlide } from '../contract.js';
import { readCsv, type CsvTable } from './csv.js';
import { diagnosticOf, TableFindings } from './findings.js';
import { labelsOf } from './classes.js';
import { nameThatSpells } from './names.js';
import { RowReader, type Columns } from './row-reader.js';

export interface Cohort {
  /** The rows without an error, in the order of the table. */
  readonly slides: CohortSlide[];
  readonly diagnostics: Diagnostic[];
  /** As it was read; undefined where it cannot be. */
  readonly table?: CsvTable;
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
    if (!columns) return { slides: [], diagnostics: findings.diagnostics, table };
    const folder = options.slides === '' ? dirname(file) : resolve(baseFolder, options.slides);
    const reader = new RowReader(table, columns, options, folder, needs.needSlides, findings);
    const slides = table.rows.map((row) => reader.read(row)).filter((slide) => slide !== undefined);
    checkClasses(slides, table, options, findings);
    checkNames(slides, options, findings, table);
    return { slides, diagnostics: findings.diagnostics, table };
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
  return { slide, label, path, patient, mpp: optional(options.columns.mpp), site: optional(options.columns.site) };
}

function checkClasses(slides: readonly CohortSlide[], table: CsvTable, options: CohortOptions, findings: TableFindings): void {
  if (table.rows.length === 0) return findings.error('cohort-empty', 'The table has a header but no slides.', 'Add a row for each slide.', table.header);
  if (slides.length === 0) return;
  const found = new Set(slides.flatMap((slide) => labelsOf(options, slide)));
  const missing = options.classes.filter((name) => !found.has(name));
  if (missing.length === 0) return;
  const all = found.size === 1 ? `All ${slides.length} readable slides are "${[...found][0]}"; none` : `Of ${slides.length} readable slides none`;
  findings.error('cohort-one-class', `${all} is "${missing.join('" or "')}".`, `Learning needs slides of ${options.classes.length === 2 ? 'both' : 'all'} classes: add some, or check \`cohort.classes\` and the label column.`);
}

/** A label spelt out in names is how leaks begin: labels come from the table, and the user should know. */
function checkNames(slides: readonly CohortSlide[], options: CohortOptions, findings: TableFindings, table: CsvTable): void {
  const telling = slides.flatMap((slide) => {
    const name = nameThatSpells(labelsOf(options, slide), slide);
    return name === undefined ? [] : [{ slide, name }];
  });
  if (telling.length === 0) return;
  const [{ slide, name }] = telling;
  const row = table.rows.find(({ line }) => line === slide.line);
  findings.warning('label-in-file-name', `The label can be read from the ${name === slide.id ? 'id' : 'file name'} of ${telling.length} of ${slides.length} slides, first "${name}".`, `Labels are taken from the table alone; rename the ${name === slide.id ? 'slides' : 'files'} before people look at results blindly.`, row);
}

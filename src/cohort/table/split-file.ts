import type { Diagnostic, TableFix } from '../../shared/diagnostics.js';
import type { CohortSlide, Split, SplitName } from '../contract.js';
import { nearestName, readCsv, type CsvRow, type CsvTable } from './csv.js';
import { diagnosticOf, TableFindings } from './findings.js';

const spellings: Readonly<Record<string, SplitName>> = { train: 'train', val: 'validation', validation: 'validation', test: 'test' };

/** Reads a given split, columns slide_id and split, and checks it against the cohort: no patient in two parts, every slide in one. */
export function readSplitFile(file: string, slides: readonly CohortSlide[]): { readonly split: Split; readonly diagnostics: Diagnostic[] } {
  const split = new Map<string, SplitName>();
  let table: CsvTable;
  try {
    table = readCsv(file);
  } catch (error) {
    return { split, diagnostics: [diagnosticOf(error)] };
  }
  const findings = new TableFindings(table);
  const slideColumn = findings.requireColumn('slide_id');
  const splitColumn = findings.requireColumn('split');
  if (slideColumn === undefined || splitColumn === undefined) return { split, diagnostics: findings.diagnostics };
  const known = new Map(slides.map((slide) => [slide.id, slide]));
  const patients = new Map<string, Assignment[]>();
  for (const row of table.rows) {
    const id = row.cells[slideColumn] ?? '';
    const word = row.cells[splitColumn] ?? '';
    const part = spellings[word.toLowerCase()];
    const slide = known.get(id);
    if (part === undefined) {
      const near = nearestName(word, Object.keys(spellings));
      findings.error('split-unknown-part', `"${word}" is not a part of a split.`, `Write train, val or test${near === undefined ? '' : `; did you mean "${near}"`}.`, row, splitColumn, near === undefined ? [] : [findings.write(`Replace with "${near}"`, row, splitColumn, near)]);
    } else if (!slide) {
      findings.warning('split-unknown-slide', `Slide "${id}" is not in the cohort table.`, 'It is left out; check the id (ids are strings: "007" is not "7").', row, slideColumn);
    } else if (split.has(id)) {
      findings.error('split-duplicate-slide', `Slide "${id}" stands in this split twice.`, 'Remove one of the rows.', row, slideColumn);
    } else {
      split.set(id, part);
      patients.set(slide.patient, [...(patients.get(slide.patient) ?? []), { part, word, row }]);
    }
  }
  checkPatients(patients, splitColumn, findings, file);
  const without = slides.filter(({ id }) => !split.has(id));
  if (without.length > 0) {
    findings.error('split-incomplete', `${without.length} slide${without.length === 1 ? ' of the cohort is' : 's of the cohort are'} in no part, first "${without[0].id}" (line ${without[0].line} of the cohort table).`, 'Add a row for each.');
  }
  return { split, diagnostics: findings.diagnostics };
}

/** The part a row gives to a slide, and the word it does it with. */
interface Assignment {
  readonly part: SplitName;
  readonly word: string;
  readonly row: CsvRow;
}

/** No patient in two parts: what was learnt on a patient cannot be tested on them. */
function checkPatients(patients: ReadonlyMap<string, readonly Assignment[]>, column: number, findings: TableFindings, file: string): void {
  const torn = [...patients].filter(([, rows]) => rows.some(({ part }) => part !== rows[0].part));
  const together = (title: string, moved: readonly (readonly Assignment[])[]): TableFix => ({
    kind: 'cells',
    title,
    file,
    cells: moved.flatMap((rows) => rows.filter(({ part }) => part !== mostOf(rows).part).map(({ row, word }) => ({ line: row.line, cell: column, was: word, value: mostOf(rows).word }))),
  });
  for (const [patient, rows] of torn) {
    const one = together(`Regroup by patient: move all slides of "${patient}" to ${mostOf(rows).part}`, [rows]);
    const all = together(`Regroup all ${torn.length} patients, each where most of their slides are`, torn.map(([, slides]) => slides));
    for (const { part, row } of rows) {
      const other = rows.find((before) => before.part !== part && before.row.line < row.line);
      if (other) findings.error('patient-in-two-splits', `Patient "${patient}" is in ${part} here and in ${other.part} in line ${other.row.line}.`, 'Move all slides of a patient to one part: what was learned on a patient cannot be tested on them.', row, column, torn.length > 1 ? [one, all] : [one]);
    }
  }
}

/** The assignment most slides of a patient share; of equals the first. */
function mostOf(rows: readonly Assignment[]): Assignment {
  const votes = (part: SplitName): number => rows.filter((row) => row.part === part).length;
  return rows.reduce((best, row) => (votes(row.part) > votes(best.part) ? row : best));
}

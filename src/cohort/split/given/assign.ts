import type { Diagnostic, TableFix } from '../../../shared/diagnostics.js';
import type { CohortSlide, Split, SplitName } from '../../contract.js';
import { readCsv, type CsvTable } from '../../table/csv.js';
import { diagnosticOf, TableFindings } from '../../table/findings.js';
import type { Assignment } from './contract.js';
import { isOurs, readLayout } from './layouts.js';

/** A split that was given, and what is wrong with it. */
export interface GivenSplit {
  readonly split: Split;
  readonly diagnostics: Diagnostic[];
}

/** Reads one fold from a CSV file of any layout and checks it against the cohort: no patient in two parts, no slide twice. */
export function readSplitTable(file: string, slides: readonly CohortSlide[]): GivenSplit {
  let table: CsvTable;
  try {
    table = readCsv(file);
  } catch (error) {
    return { split: new Map(), diagnostics: [diagnosticOf(error)] };
  }
  const findings = new TableFindings(table);
  const split = assign(readLayout(table, findings), slides, findings, table);
  return { split, diagnostics: findings.diagnostics };
}

function assign(assignments: readonly Assignment[], slides: readonly CohortSlide[], findings: TableFindings, table: CsvTable): Split {
  const split = new Map<string, SplitName>();
  const known = new Map(slides.map((slide) => [slide.id, slide]));
  const placed = new Map<string, Assignment>();
  const bare = new Map(slides.map(({ id }) => [bareId(id), id]));
  const patients = new Map<string, Assignment[]>();
  for (const assignment of assignments) {
    const { id, part, row, cell } = assignment;
    const slide = known.get(id);
    // In our own layout the id has a column of its own.
    const idCell = assignment.word === undefined ? cell : table.header.cells.indexOf('slide_id');
    if (!slide) findings.warning('split-unknown-slide', `Slide "${id}" is not in the cohort table.`, bare.has(bareId(id)) ? `It is left out. The table has "${bare.get(bareId(id))}": write ids in both alike.` : 'It is left out; check the id (ids are strings: "007" is not "7").', row, idCell);
    else if (split.has(id) && split.get(id) !== part) findings.error('validation-in-training', `Slide "${id}" is in ${part} here and in ${split.get(id)} in line ${placed.get(id)!.row.line}: what was learnt on it cannot be tested on it.`, 'Take it out of one of the two parts.', row, cell);
    else if (split.has(id)) findings.error('split-duplicate-slide', `Slide "${id}" stands in this split twice.`, 'Remove one of the rows.', row, idCell);
    else {
      split.set(id, part);
      placed.set(id, assignment);
      patients.set(slide.patient, [...(patients.get(slide.patient) ?? []), assignment]);
    }
  }
  checkPatients(patients, findings, table);
  checkLabels(assignments, known, findings);
  checkComplete(slides, split, findings, table);
  return split;
}

/** An id without the ending of a file, spaces around it and capitals: what two programs write differently. */
function bareId(id: string): string {
  return id.trim().toLowerCase().replace(/\.[a-z][a-z0-9]{1,5}$/, '');
}

/** Files of others often take a part of a cohort on purpose; in ours a slide without a part is an oversight. */
function checkComplete(slides: readonly CohortSlide[], split: Split, findings: TableFindings, table: CsvTable): void {
  const without = slides.filter(({ id }) => !split.has(id));
  if (without.length === 0 || findings.diagnostics.some(({ code }) => code === 'cohort-missing-column')) return;
  const what = `${without.length} slide${without.length === 1 ? ' of the cohort is' : 's of the cohort are'} in no part, first "${without[0]!.id}" (line ${without[0]!.line} of the cohort table).`;
  if (isOurs(table)) findings.error('split-incomplete', what, 'Add a row for each.');
  else if (split.size > 0) findings.warning('split-partial', what, 'They are left out of the run, as this split has it.');
  else findings.error('split-incomplete', 'No slide of this split is in the cohort table.', 'Check that both use the same slide ids.');
}

function checkLabels(assignments: readonly Assignment[], known: ReadonlyMap<string, CohortSlide>, findings: TableFindings): void {
  const differing = assignments.filter(({ id, label }) => label !== undefined && known.has(id) && known.get(id)!.label !== label);
  const [first] = differing;
  if (first) findings.warning('split-label-differs', `${differing.length} slide${differing.length === 1 ? ' has' : 's have'} another label here than in the cohort table, first "${first.id}" (${first.label} here, ${known.get(first.id)!.label} there).`, 'Labels are taken from the cohort table; check the order of `cohort.classes`.', first.row, first.cell);
}

/** No patient in two parts: what was learnt on a patient cannot be tested on them. */
function checkPatients(patients: ReadonlyMap<string, readonly Assignment[]>, findings: TableFindings, { file }: CsvTable): void {
  const torn = [...patients].filter(([, rows]) => rows.some(({ part }) => part !== rows[0]!.part));
  const together = (title: string, moved: readonly (readonly Assignment[])[]): TableFix => ({
    kind: 'cells',
    title,
    file,
    cells: moved.flatMap((rows) => rows.filter(({ part }) => part !== mostOf(rows).part).map(({ row, cell, word }) => ({ line: row.line, cell, was: word!, value: mostOf(rows).word! }))),
  });
  for (const [patient, rows] of torn) {
    const mendable = rows.every(({ word }) => word !== undefined);
    const fixes = !mendable
      ? []
      : [
          together(`Regroup by patient: move all slides of "${patient}" to ${mostOf(rows).part}`, [rows]),
          ...(torn.length > 1 ? [together(`Regroup all ${torn.length} patients, each where most of their slides are`, torn.map(([, slides]) => slides))] : []),
        ];
    for (const [i, { part, row, cell }] of rows.entries()) {
      const other = rows.slice(0, i).find((before) => before.part !== part);
      if (other) findings.error('patient-in-two-splits', `Patient "${patient}" is in ${part} here and in ${other.part} in line ${other.row.line}.`, 'Move all slides of a patient to one part: what was learned on a patient cannot be tested on them.', row, cell, fixes);
    }
  }
}

/** The assignment most slides of a patient share; of equals the first. */
function mostOf(rows: readonly Assignment[]): Assignment {
  const votes = (part: SplitName): number => rows.filter((row) => row.part === part).length;
  return rows.reduce((best, row) => (votes(row.part) > votes(best.part) ? row : best));
}

import type { Diagnostic } from '../../shared/diagnostics.js';
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
  const patients = new Map<string, { readonly part: SplitName; readonly row: CsvRow }>();
  for (const row of table.rows) {
    const id = row.cells[slideColumn] ?? '';
    const word = row.cells[splitColumn] ?? '';
    const part = spellings[word.toLowerCase()];
    const slide = known.get(id);
    if (part === undefined) {
      findings.error('split-unknown-part', `"${word}" is not a part of a split.`, `Write train, val or test${nearest(word)}.`, row, splitColumn);
    } else if (!slide) {
      findings.warning('split-unknown-slide', `Slide "${id}" is not in the cohort table.`, 'It is left out; check the id (ids are strings: "007" is not "7").', row, slideColumn);
    } else if (split.has(id)) {
      findings.error('split-duplicate-slide', `Slide "${id}" stands in this split twice.`, 'Remove one of the rows.', row, slideColumn);
    } else {
      split.set(id, part);
      const before = patients.get(slide.patient);
      if (before === undefined) patients.set(slide.patient, { part, row });
      else if (before.part !== part) findings.error('patient-in-two-splits', `Patient "${slide.patient}" is in ${part} here and in ${before.part} in line ${before.row.line}.`, 'Move all slides of a patient to one part: what was learned on a patient cannot be tested on them.', row, splitColumn);
    }
  }
  const without = slides.filter(({ id }) => !split.has(id));
  if (without.length > 0) {
    findings.error('split-incomplete', `${without.length} slide${without.length === 1 ? ' of the cohort is' : 's of the cohort are'} in no part, first "${without[0].id}" (line ${without[0].line} of the cohort table).`, 'Add a row for each.');
  }
  return { split, diagnostics: findings.diagnostics };
}

function nearest(word: string): string {
  const near = nearestName(word, Object.keys(spellings));
  return near === undefined ? '' : `; did you mean "${near}"`;
}

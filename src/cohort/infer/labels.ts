import { readCsv, type CsvTable } from '../table/csv.js';
import { stem } from './files.js';
import { namesOf } from './identity.js';

const labelNames = /^(label|class|target|y|diagnosis|status|outcome|subtype|category|tumou?r|is_tumou?r)$/i;
const patientNames = /^(patient|patient_?id|case|case_?id|case_submitter_id|bcr_patient_barcode|subject|subject_?id|participant(_?id)?)$/i;
const mppNames = /^(mpp|microns_per_pixel|resolution)$/i;
/** Values that mean the absence of what is looked for. */
const negativeWords = /^(0|no|none|false|neg(ative)?|normal|benign|healthy|control|non-?tumou?r|wt|wild[- ]?type|mss|absent)$/i;
const nothing = /^(|na|n\/a|nan|null|unknown|\?)$/i;

/** What a table says of one slide. */
export interface TableEntry {
  readonly label: string | undefined;
  readonly patient: string | undefined;
  readonly mpp: string | undefined;
}

/** The table that speaks of most slides. */
export interface LabelTable {
  readonly file: string;
  /** Columns the slides' names and labels were found in. */
  readonly key: string;
  readonly label: string | undefined;
  /** Columns that could be the label as well, where none is called so. */
  readonly rivals: readonly string[];
  readonly entries: ReadonlyMap<string, TableEntry>;
}

/** Finds the table and column that name most of the slides, and its label column. Files that are no tables are passed over. */
export function findLabels(files: readonly string[], ids: readonly string[]): LabelTable | undefined {
  const candidates = files.flatMap((file) => {
    const table = readable(file);
    return table ? table.header.cells.map((_, column) => ({ table, column, rows: matchRows(table, column, ids) })) : [];
  });
  // The last to reach the maximum never wins: files and columns come in order.
  const best = candidates.reduce<(typeof candidates)[number] | undefined>((one, other) => (other.rows.size > (one?.rows.size ?? 0) ? other : one), undefined);
  return best && describe(best.table, best.column, best.rows);
}

/** More values than this in a label column are no classes. */
const mostClasses = 12;

/** Classes of a cohort, in the order of `cohort.classes`. */
export interface OrderedClasses {
  readonly classes: readonly [string, string, ...string[]];
  /** Whether the first is negative; two classes always have one. */
  readonly negative: boolean;
  /** Nothing said which of two is negative. */
  readonly guessed: boolean;
}

/** Negative class first; undefined where the labels are no classes. Words that mean "no" decide, else the order of the alphabet. */
export function orderClasses(labels: readonly string[]): OrderedClasses | undefined {
  const sorted = [...new Set(labels)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (sorted.length < 2 || sorted.length > mostClasses) return undefined;
  const negatives = sorted.filter((name) => negativeWords.test(name));
  const known = negatives.length === 1;
  const classes = known ? [...negatives, ...sorted.filter((name) => name !== negatives[0])] : sorted;
  return { classes: classes as [string, string, ...string[]], negative: known || sorted.length === 2, guessed: sorted.length === 2 && !known };
}

function readable(file: string): CsvTable | undefined {
  try {
    return readCsv(file);
  } catch {
    return undefined;
  }
}

/** Slide id → row. A cell may hold an id, a file name, or the name of the patient. */
function matchRows(table: CsvTable, column: number, ids: readonly string[]): Map<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const { cells } of table.rows) {
    const cell = (cells[column] ?? '').toLowerCase();
    if (cell === '') continue;
    for (const name of [cell, stem(cell)]) if (!rows.has(name)) rows.set(name, cells);
  }
  return new Map(ids.flatMap((id) => {
    const row = namesOf(id).map((name) => rows.get(name)).find((cells) => cells !== undefined);
    return row ? [[id, row]] : [];
  }));
}

function describe({ file, header }: CsvTable, key: number, rows: ReadonlyMap<string, readonly string[]>): LabelTable {
  const names = header.cells;
  const values = (column: number): Set<string> => new Set([...rows.values()].map((cells) => cells[column] ?? '').filter((value) => !nothing.test(value)));
  const named = names.findIndex((name, column) => column !== key && labelNames.test(name));
  const binary = names.flatMap((name, column) => (column !== key && !patientNames.test(name) && !mppNames.test(name) && values(column).size === 2 ? [column] : []));
  const label = named >= 0 ? named : binary.length === 1 ? binary[0]! : -1;
  const patient = names.findIndex((name) => patientNames.test(name));
  const mpp = names.findIndex((name) => mppNames.test(name));
  const cell = (cells: readonly string[], column: number): string | undefined => (column < 0 || nothing.test(cells[column] ?? '') ? undefined : cells[column]);
  return {
    file,
    key: names[key]!,
    label: names[label],
    rivals: label < 0 ? binary.map((column) => names[column]!) : [],
    entries: new Map([...rows].map(([id, cells]) => [id, { label: cell(cells, label), patient: cell(cells, patient), mpp: cell(cells, mpp) }])),
  };
}

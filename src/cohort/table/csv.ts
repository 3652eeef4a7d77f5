import { readFileSync } from 'node:fs';
import { parse, type CsvError, type Info } from 'csv-parse/sync';
import { closest, distance } from 'fastest-levenshtein';
import { delimiterOf } from '../../shared/csv.js';
import { HardmineError } from '../../shared/errors.js';
import { fileError } from '../../shared/files.js';

/** A row of a CSV file; every cell is a string, trimmed. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** 1-based, where the row begins. */
  readonly line: number;
  /** Where cell `index` begins, 1-based. */
  place(index: number): { readonly line: number; readonly column: number };
}

export interface CsvTable {
  readonly file: string;
  readonly header: CsvRow;
  readonly rows: readonly CsvRow[];
}

/**
 * Reads a CSV file with a header: BOM, CRLF, quotes and empty lines are taken as they come; the
 * delimiter is the comma, semicolon or tab that the header uses most.
 * @throws HardmineError `cohort-unreadable` with the line, `file-missing`, `file-denied`.
 */
export function readCsv(file: string): CsvTable {
  const text = readText(file);
  const delimiter = delimiterOf(text);
  const records = parseText(text, delimiter, file);
  if (records.length === 0) throw new HardmineError('cohort-unreadable', 'This table is empty.', { place: { file, line: 1 }, remedy: 'It needs a header line with column names, then one row each.' });
  const places = new RecordPlaces(text, delimiter, records.length);
  const [header, ...rows] = records.map((cells, index) => new Row(cells, index, places));
  return { file, header, rows };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(error, file);
  }
}

const tolerant = { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true } as const;

function parseText(text: string, delimiter: string, file: string): string[][] {
  try {
    return parse(text, { ...tolerant, delimiter });
  } catch (error) {
    const { message, lines } = error as CsvError & { readonly lines?: number };
    throw new HardmineError('cohort-unreadable', `This is not a CSV table (${message}).`, { place: lines === undefined ? { file } : { file, line: lines }, remedy: 'Close every quote and double the quotes within a quoted cell.', cause: error });
  }
}

class Row implements CsvRow {
  constructor(
    readonly cells: readonly string[],
    private readonly index: number,
    private readonly places: RecordPlaces,
  ) {}

  get line(): number {
    return this.places.of(this.index).line;
  }

  place(cell: number): { readonly line: number; readonly column: number } {
    const { line, body } = this.places.of(this.index);
    return cellPlace(body, line, cell, this.places.delimiter);
  }
}

interface RecordPlace {
  /** 1-based, where it begins. */
  readonly line: number;
  readonly body: string;
}

/** Lines and texts of records, found when one is asked for. */
class RecordPlaces {
  private found: readonly RecordPlace[] | undefined;

  constructor(
    private readonly text: string,
    readonly delimiter: string,
    private readonly count: number,
  ) {}

  of(index: number): RecordPlace {
    const { text, delimiter, count } = this;
    if (!this.found) {
      const quick = placesByLines(text, delimiter);
      // Where the parser saw other records (breaks of several kinds), it is asked: five times slower.
      this.found = quick.length === count ? quick : placesByParser(text, delimiter);
    }
    return this.found[index];
  }
}

/** A line is a record where its quotes close; else the next belongs to it. Records of empty cells are skipped, as the parser does. */
function placesByLines(text: string, delimiter: string): RecordPlace[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const places: RecordPlace[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    let body = lines[i];
    while (quotes(body) % 2 === 1 && i + 1 < lines.length) body += `\n${lines[++i]}`;
    if (!isBlank(body, delimiter)) places.push({ line, body });
  }
  return places;
}

function quotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}

function isBlank(body: string, delimiter: string): boolean {
  return body.split(delimiter).every((cell) => /^\s*("\s*")?\s*$/.test(cell));
}

function placesByParser(text: string, delimiter: string): RecordPlace[] {
  return (parse(text, { ...tolerant, delimiter, info: true, raw: true }) as unknown as { readonly info: Info; readonly raw: string }[]).map(({ info, raw }) => {
    // Parsers count the line a record ends in; raw text may bring the break before it along.
    const body = raw.replace(/^[\r\n\uFEFF]+/, '').replace(/[\r\n]+$/, '');
    return { line: info.lines - (body.split(/\r\n|\r|\n/).length - 1), body };
  });
}

/** Finds a cell in the text of its record: delimiters within quotes do not count, line breaks within them do. */
function cellPlace(body: string, line: number, index: number, delimiter: string): { readonly line: number; readonly column: number } {
  let quoted = false;
  let cell = 0;
  let lineStart = 0;
  let position = 0;
  for (; position < body.length && cell < index; position++) {
    if (body[position] === '"') quoted = !quoted;
    else if (body[position] === delimiter && !quoted) cell++;
    else if (body[position] === '\n') {
      line++;
      lineStart = position + 1;
    }
  }
  return { line, column: position - lineStart + 1 };
}

/** The name a person probably meant. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const near = closest(name, [...names]);
  const changes = distance(name.toLowerCase(), near.toLowerCase());
  return changes <= Math.max(1, name.length / 2) && changes < near.length ? near : undefined;
}

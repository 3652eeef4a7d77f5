import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { curveTableNames, curveTables, type CurveTable } from '../../../shared/rpc/curve-tables.js';
import type { CurveCursor, CurvePart } from '../../../shared/rpc/runs.js';
import { NumberTable } from '../../../shared/run/columns.js';
import { runFiles } from '../../../shared/run/layout.js';
import { rowOf, type CurveRow, type Line } from './rows.js';
import { LineTail } from './tail.js';

/** Rows of a table in one answer: 5 MB at most, which a webview takes without a stutter. */
const mostRows = 65_536;

type Tables = Record<CurveTable, NumberTable>;

/** The curves of one run, read from its journal as it grows. */
export class RunCurves {
  private readonly tail: LineTail;
  private reading = randomUUID();
  private tables = emptyTables();
  private lines = 0;
  /** Time of the first event, ms since 1970. */
  private begun: number | undefined;
  private damagedLine: number | undefined;
  private unread = true;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(run: string) {
    this.tail = new LineTail(join(run, runFiles.events));
  }

  /** What is new since `since`; calls are answered one after the other. */
  next(since: CurveCursor | undefined): Promise<Omit<CurvePart, 'summary'>> {
    const answer = this.turn.then(async () => {
      await this.read();
      return this.answer(since);
    });
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  private async read(): Promise<void> {
    const { text, anew, more } = await this.tail.next();
    if (anew) this.beginAnew();
    this.unread = more;
    this.damagedLine = undefined;
    for (let start = 0, end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
      if (this.take(text.slice(start, end))) continue;
      // A host that resumes cuts off what is unsound; until then nothing after it counts.
      this.damagedLine = this.lines + 1;
      this.tail.unread(Buffer.byteLength(text.slice(start)));
      this.unread = false;
      return;
    }
  }

  /** @returns whether the line is sound and next in sequence. */
  private take(text: string): boolean {
    // Most lines of a long journal are progress, of which the curves need nothing: not even parsing.
    if (text.endsWith('}') && text.startsWith(`{"seq":${this.lines + 1},"time":`) && text.includes('"type":"progress"')) {
      this.lines++;
      return true;
    }
    const line = parse(text);
    if (line?.seq !== this.lines + 1) return false;
    this.lines++;
    if (typeof line.time === 'number') this.begun ??= line.time;
    const row = rowOf(line);
    if (row) this.add(row);
    return true;
  }

  private add({ table: name, row }: CurveRow): void {
    const table = this.tables[name];
    const [time, round, epoch, ...rest] = row as [number, number, number, ...number[]];
    const elapsed = time - (this.begun ?? time);
    // A resumed run repeats what it had not finished, and what it says last counts. Time and memory were spent both times.
    if (name !== 'stages' && name !== 'memory') this.forgetFrom(table, round, epoch);
    table.push(table.has('epoch') ? [elapsed, round, epoch, positionOf(table, round, epoch), ...rest] : [elapsed, ...row.slice(1)]);
  }

  private forgetFrom(table: NumberTable, round: number, epoch: number): void {
    let rows = table.rows;
    while (rows > 0 && isRepeated(table, rows - 1, round, epoch)) rows--;
    if (rows === table.rows) return;
    table.cut(rows);
    this.reading = randomUUID();
  }

  private answer(since: CurveCursor | undefined): Omit<CurvePart, 'summary'> {
    const reset = since?.reading !== this.reading;
    const rows: Partial<Record<CurveTable, number>> = {};
    const tables: Partial<Record<CurveTable, Float64Array>> = {};
    let more = this.unread;
    for (const name of curveTableNames) {
      const table = this.tables[name];
      const from = reset ? 0 : (since?.rows[name] ?? 0);
      const to = (rows[name] = Math.min(table.rows, from + mostRows));
      if (to > from) tables[name] = table.pack(from, to);
      more ||= to < table.rows;
    }
    return {
      cursor: { reading: this.reading, rows },
      reset,
      tables,
      more,
      ...(this.damagedLine === undefined ? {} : { damagedLine: this.damagedLine }),
    };
  }

  private beginAnew(): void {
    this.reading = randomUUID();
    this.tables = emptyTables();
    this.lines = 0;
    this.begun = undefined;
  }
}

function isRepeated(table: NumberTable, row: number, round: number, epoch: number): boolean {
  const before = table.at('round', row);
  // Tables of rounds have no epochs: not a number is never below.
  return before > round || (before === round && !(table.at('epoch', row) < epoch));
}

/** Which epoch this is over all rounds, by the last row of its table. */
function positionOf(table: NumberTable, round: number, epoch: number): number {
  if (table.rows === 0) return epoch;
  const last = table.rows - 1;
  const before = table.at('position', last) - (table.at('round', last) === round ? table.at('epoch', last) : 0);
  return before + epoch;
}

function emptyTables(): Tables {
  return Object.fromEntries(curveTableNames.map((name) => [name, new NumberTable(curveTables[name])])) as Tables;
}

function parse(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}

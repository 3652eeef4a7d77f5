import { curveTableNames, curveTables, type CurveColumn, type CurveTable } from '../../src/shared/rpc/curve-tables.js';
import type { CurveCursor, CurvePart } from '../../src/shared/rpc/runs.js';
import { NumberTable } from '../../src/shared/run/columns.js';
import type { RunSummary } from '../../src/shared/run/list.js';
import { TableCurve, type Curve, type CurveColumns } from '../shared/chart/curve.js';

type Tables = Record<CurveTable, NumberTable>;

/** Columns of one table that make a curve. */
export type ColumnsOf<Table extends CurveTable> = CurveColumns & { readonly [Part in keyof CurveColumns]: CurveColumn<Table> };

/** A run as far as its folder was read. */
export class FollowedRun {
  cursor: CurveCursor | undefined;
  summary: RunSummary | undefined;
  damagedLine: number | undefined;
  /** Why it could not be read the last time. */
  problem: string | undefined;
  /** Something was heard of it. */
  isKnown = false;
  private tables = emptyTables();
  private curves = new Map<string, Curve>();

  constructor(readonly run: string) {}

  take({ cursor, reset, tables, summary, damagedLine }: CurvePart): void {
    if (reset) {
      this.tables = emptyTables();
      this.curves = new Map();
    }
    for (const name of curveTableNames) if (tables[name]) this.tables[name].append(tables[name]);
    Object.assign(this, { cursor, summary, damagedLine, problem: undefined, isKnown: true });
  }

  table(name: CurveTable): NumberTable {
    return this.tables[name];
  }

  /** The same object for the same columns, so that what was computed of it is not computed again. */
  curve<Table extends CurveTable>(name: Table, columns: ColumnsOf<Table>): Curve {
    const key = JSON.stringify([name, columns]);
    const curve = this.curves.get(key) ?? new TableCurve(this.tables[name], columns);
    this.curves.set(key, curve);
    return curve;
  }

  /** Whether its folder may still say something new at any moment. */
  get isLive(): boolean {
    return this.summary === undefined || this.summary.state === 'running' || this.summary.state === 'paused';
  }

  /** Name of the run folder, which no two runs of a folder share. */
  get folderName(): string {
    return this.run.split(/[\\/]/).at(-1) ?? this.run;
  }

  get name(): string {
    return this.summary?.status.name ?? this.folderName;
  }
}

function emptyTables(): Tables {
  return Object.fromEntries(curveTableNames.map((name) => [name, new NumberTable(curveTables[name])])) as Tables;
}

import type { NumberTable } from '../../../src/shared/run/columns.js';
import { Extrema } from './extrema.js';

/** Part of an axis, in its units. */
export type Range = readonly [min: number, max: number];

/** A line as numbers, from left to right; it may grow. Columns are of one length, NaN where a value is not defined. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Interval about each y. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
  /** Where this changes something begins anew: no line is drawn across. */
  readonly segment?: Float64Array;
  readonly extrema: Extrema;
}

/** Which columns of a table make a curve. */
export interface CurveColumns {
  readonly x: string;
  readonly y: string;
  readonly low?: string;
  readonly high?: string;
  readonly segment?: string;
}

/** Two columns of a table as a curve. */
export class TableCurve implements Curve {
  private readonly blocks = new Extrema();

  constructor(
    private readonly table: NumberTable,
    private readonly columns: CurveColumns,
  ) {}

  get x(): Float64Array {
    return this.table.column(this.columns.x);
  }

  get y(): Float64Array {
    return this.table.column(this.columns.y);
  }

  get low(): Float64Array | undefined {
    return this.optional('low');
  }

  get high(): Float64Array | undefined {
    return this.optional('high');
  }

  get segment(): Float64Array | undefined {
    return this.optional('segment');
  }

  get extrema(): Extrema {
    this.blocks.extend(this.y);
    return this.blocks;
  }

  private optional(name: 'low' | 'high' | 'segment'): Float64Array | undefined {
    const column = this.columns[name];
    return column === undefined ? undefined : this.table.column(column);
  }
}

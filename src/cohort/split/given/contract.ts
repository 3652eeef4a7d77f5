import type { SplitName } from '../../contract.js';
import type { CsvRow } from '../../table/csv.js';

/** The layouts of given splits. `hardmine`: columns slide_id and split. */
export const splitFormats = ['hardmine', 'clam', 'transmil', 'stamp'] as const;
export type SplitFormat = (typeof splitFormats)[number];

/** What a cell of a split says: this slide, that part. */
export interface Assignment {
  readonly id: string;
  readonly part: SplitName;
  /** The cell that says it, and its word where the part stands in the cell. */
  readonly row: CsvRow;
  readonly cell: number;
  readonly word?: string;
  /** Label the split gives the slide, where it gives one; it is compared, never taken. */
  readonly label?: number;
}

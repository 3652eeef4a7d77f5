import type { Place } from '../../shared/errors.js';
import { HardmineError } from '../../shared/errors.js';
import { nearestName, readCsv, type CsvTable } from '../table/csv.js';

/** Points of one slide by ascending y, level-0 pixels. */
export interface SlidePoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Reads a table of points with columns slide_id, x, y and class. Every slide the table names is in the
 * result, with its points of the given classes.
 * @throws HardmineError `truth-invalid` with line and column, and as `readCsv` does.
 */
export function readPoints(file: string, classes: readonly string[]): Map<string, SlidePoints> {
  const table = readCsv(file);
  const [slide, x, y, name] = ['slide_id', 'x', 'y', 'class'].map((column) => columnOf(table, column));
  const wanted = new Set(classes);
  const points = new Map<string, [number, number][]>();
  for (const row of table.rows) {
    const list = points.get(row.cells[slide]) ?? [];
    points.set(row.cells[slide], list);
    if (!wanted.has(row.cells[name])) continue;
    const coordinate = (cell: number): number => {
      const value = Number(row.cells[cell]);
      if (Number.isFinite(value) && row.cells[cell] !== '') return value;
      throw invalid(`"${row.cells[cell] ?? ''}" is not a coordinate.`, 'Write level-0 pixels as numbers with a decimal point.', { file, ...row.place(cell) });
    };
    list.push([coordinate(x), coordinate(y)]);
  }
  return new Map([...points].map(([id, list]) => [id, sorted(list)]));
}

/** How many points lie in each square patch [x, x + size0) × [y, y + size0). */
export function countPoints(points: SlidePoints, patches: { readonly x: Float64Array; readonly y: Float64Array; readonly size0: number }): Int32Array {
  const { x, y, size0 } = patches;
  return Int32Array.from(x, (left, i) => {
    let count = 0;
    for (let k = lowerBound(points.y, y[i]); k < points.y.length && points.y[k] < y[i] + size0; k++) {
      if (points.x[k] >= left && points.x[k] < left + size0) count++;
    }
    return count;
  });
}

function sorted(list: [number, number][]): SlidePoints {
  list.sort((a, b) => a[1] - b[1]);
  return { x: Float64Array.from(list, ([x]) => x), y: Float64Array.from(list, ([, y]) => y) };
}

function lowerBound(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function columnOf(table: CsvTable, name: string): number {
  const index = table.header.cells.indexOf(name);
  if (index >= 0) return index;
  const near = nearestName(name, table.header.cells);
  throw invalid(`The table of points has no column "${name}".`, near === undefined ? 'It needs the columns slide_id, x, y and class.' : `Did you mean "${near}"? It needs the columns slide_id, x, y and class.`, { file: table.file, line: table.header.line });
}

function invalid(what: string, remedy: string, place: Place): HardmineError {
  return new HardmineError('truth-invalid', what, { place, remedy });
}

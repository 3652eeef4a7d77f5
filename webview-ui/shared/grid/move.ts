/** A grid of equal cells, filled row by row. */
export interface GridShape {
  readonly count: number;
  readonly columns: number;
  /** Whole rows in sight. */
  readonly pageRows: number;
}

/**
 * Where a key leads from a cell; undefined for keys that do not move. Rows are only where the width of the view
 * breaks the line, so left and right go on over their ends, and Home and End lead to the first and last of all.
 */
export function moveBy(key: string, from: number, { count, columns, pageRows }: GridShape): number | undefined {
  const last = count - 1;
  const page = columns * Math.max(1, pageRows);
  switch (key) {
    case 'ArrowRight':
      return Math.min(from + 1, last);
    case 'ArrowLeft':
      return Math.max(from - 1, 0);
    case 'ArrowDown':
      // From above the gap of a last row that is not full, to its end.
      return from + columns <= last ? from + columns : Math.floor(from / columns) < Math.floor(last / columns) ? last : from;
    case 'ArrowUp':
      return from >= columns ? from - columns : from;
    case 'PageDown':
      return from + page <= last ? from + page : last - ((last - from) % columns);
    case 'PageUp':
      return from >= page ? from - page : from % columns;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import './table.css';

/** A column of a table. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly label: string;
  readonly numeric?: boolean;
  /** What rows are sorted by; undefined and NaN come last. */
  value(row: Row): string | number | undefined;
  /** What is shown, where it is not the value itself. */
  text?(row: Row): ComponentChildren;
  /** The row is named by this cell. */
  readonly heading?: boolean;
}

interface Order {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** A table whose columns sort it: a button a heading, told to screen readers by aria-sort. */
export function SortableTable<Row>({ caption, columns, rows, keyOf }: { readonly caption: string; readonly columns: readonly TableColumn<Row>[]; readonly rows: readonly Row[]; keyOf(row: Row): string | number }) {
  const [order, setOrder] = useState<Order | undefined>(undefined);
  const sortBy = (column: string): void => setOrder(nextOrder(order, column));
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ id, label, numeric }) => (
              <th key={id} scope="col" class={numeric ? 'numeric' : undefined} aria-sort={order?.column === id ? order.direction : 'none'}>
                <button type="button" onClick={() => sortBy(id)}>
                  {label}
                  <span class={`codicon codicon-${order?.column !== id ? 'blank' : order.direction === 'ascending' ? 'arrow-up' : 'arrow-down'}`} aria-hidden="true" />
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, columns, order).map((row) => (
            <tr key={keyOf(row)}>{columns.map((column) => cell(column, row))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cell<Row>({ id, numeric, heading, value, text }: TableColumn<Row>, row: Row) {
  const shown = text ? text(row) : value(row);
  const look = numeric ? 'numeric' : undefined;
  return heading ? (
    <th key={id} scope="row" class={look}>
      {shown}
    </th>
  ) : (
    <td key={id} class={look}>
      {shown}
    </td>
  );
}

/** First up, then down, then as it was. */
function nextOrder(order: Order | undefined, column: string): Order | undefined {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

/** A sorted copy; equal rows keep their order, and rows without a value come last either way. */
export function sorted<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[], order: Order | undefined): readonly Row[] {
  const column = columns.find(({ id }) => id === order?.column);
  if (!order || !column) return rows;
  const sign = order.direction === 'ascending' ? 1 : -1;
  const missing = (value: string | number | undefined): boolean => value === undefined || Number.isNaN(value);
  return [...rows].sort((one, other) => {
    const [a, b] = [column.value(one), column.value(other)];
    if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true }));
  });
}

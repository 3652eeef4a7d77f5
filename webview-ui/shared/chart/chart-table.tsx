import { useState } from 'preact/hooks';
import { t } from '../l10n.js';
import { SortableTable, type TableColumn } from '../table/sortable-table.js';
import { placeText } from './axis.js';
import type { Range } from './curve.js';
import { placeOf, placesWithin } from './readings.js';
import type { LineSeries } from './series.js';
import type { LineChartSpec } from './spec.js';

const rowsAPage = 50;

/** The points of a line chart as a table, a page at a time. */
export function ChartTable({ spec: { title, axis, format }, series, range }: { readonly spec: LineChartSpec; readonly series: readonly LineSeries[]; readonly range: Range }) {
  const places = placesWithin(series, range);
  const pages = Math.max(1, Math.ceil(places.length / rowsAPage));
  const [chosen, choose] = useState<number | undefined>(undefined);
  const page = Math.min(chosen ?? 0, pages - 1);
  const rows = [...places.subarray(page * rowsAPage, (page + 1) * rowsAPage)];
  const columns: TableColumn<number>[] = [
    { id: 'x', label: axis.label, numeric: true, value: (x) => x, text: (x) => placeText(axis, x) },
    ...series.map((one) => ({ id: one.key, label: one.label, numeric: true, value: (x: number) => one.curve.y[placeOf(one, x)], text: (x: number) => cellText(one, x, format) })),
  ];
  return (
    <div class="chart-table">
      <SortableTable caption={title} columns={columns} rows={rows} keyOf={(x) => x} />
      {pages > 1 && (
        <div class="pager">
          <button type="button" disabled={page === 0} onClick={() => choose(page - 1)}>
            {t('Previous')}
          </button>
          <span aria-live="polite">{t('Rows {0} to {1} of {2}', page * rowsAPage + 1, page * rowsAPage + rows.length, places.length)}</span>
          <button type="button" disabled={page === pages - 1} onClick={() => choose(page + 1)}>
            {t('Next')}
          </button>
        </div>
      )}
    </div>
  );
}

function cellText(series: LineSeries, x: number, format: (value: number) => string): string {
  const { y, low, high } = series.curve;
  const at = placeOf(series, x);
  const interval = low && high && at >= 0 && !Number.isNaN(low[at]!) ? ` [${format(low[at]!)}, ${format(high[at]!)}]` : '';
  return at < 0 ? '' : `${format(y[at]!)}${interval}`;
}

import type { RunResult } from '../../src/shared/run/metrics.js';
import { resultRows, selectionSentence, type ResultRow } from '../../src/shared/run/result-rows.js';
import { t } from '../shared/l10n.js';
import { SortableTable, type TableColumn } from '../shared/table/sortable-table.js';

/** Validation first: it chose what test then measured. */
const columns: readonly TableColumn<ResultRow>[] = [
  { id: 'metric', label: t('Metric'), heading: true, value: ({ label }) => label, text: ({ label }) => t(label) },
  { id: 'validation', label: t('Validation'), numeric: true, value: ({ validation }) => validation },
  { id: 'test', label: t('Test'), numeric: true, value: ({ test }) => test },
];
const heldOut: TableColumn<ResultRow> = { id: 'held-out', label: t('Held out'), numeric: true, value: (row) => row.heldOut };

/** What came out of a run that is done. */
export function Result({ result }: { readonly result: RunResult }) {
  return (
    <section class="result" aria-labelledby="result-title">
      <h2 id="result-title">{t('Result')}</h2>
      <p>{selectionSentence(result)}</p>
      <SortableTable caption={t('Metrics on validation and test, with their bootstrap intervals')} columns={result.heldOut ? [...columns, heldOut] : columns} rows={resultRows(result)} keyOf={({ label }) => label} />
    </section>
  );
}

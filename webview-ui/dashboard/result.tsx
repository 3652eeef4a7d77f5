import type { RunResult } from '../../src/shared/run/metrics.js';
import { resultRows, selectionSentence, type ResultRow } from '../../src/shared/run/result-rows.js';
import { t } from '../shared/l10n.js';
import { SortableTable, type TableColumn } from '../shared/table/sortable-table.js';

const columns: readonly TableColumn<ResultRow>[] = [
  { id: 'metric', label: t('Metric'), heading: true, value: ({ label }) => label, text: ({ label }) => t(label) },
  { id: 'test', label: t('Test'), numeric: true, value: ({ test }) => test },
  { id: 'validation', label: t('Validation'), numeric: true, value: ({ validation }) => validation },
];

/** What came out of a run that is done. */
export function Result({ result }: { readonly result: RunResult }) {
  return (
    <section class="result" aria-labelledby="result-title">
      <h2 id="result-title">{t('Result')}</h2>
      <p>{selectionSentence(result)}</p>
      <SortableTable caption={t('Metrics on test and validation, with their bootstrap intervals')} columns={columns} rows={resultRows(result)} keyOf={({ label }) => label} />
    </section>
  );
}

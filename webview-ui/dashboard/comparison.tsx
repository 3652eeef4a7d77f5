import { useEffect } from 'preact/hooks';
import type { Settings } from '../../src/shared/rpc/runs.js';
import type { Estimate, RunResult, SlideMetrics } from '../../src/shared/run/metrics.js';
import { formatEstimate, patientsBehind } from '../../src/shared/run/too-few.js';
import { formatDuration } from '../../src/shared/units.js';
import { csvLine } from '../../src/shared/csv.js';
import { t } from '../shared/l10n.js';
import { SortableTable, type TableColumn } from '../shared/table/sortable-table.js';
import { letterOf } from './charts/naming.js';
import { host } from './connection.js';
import { differingKeys } from './differences.js';
import { learnSettings, settings } from './follow.js';
import type { FollowedRun } from './followed-run.js';
import { stateWords } from './run-states.js';

interface Row {
  readonly run: FollowedRun;
  readonly letter: string;
  readonly settings: Settings;
}

/** The runs side by side: what came out, and those settings only in which they differ. */
export function Comparison({ runs }: { readonly runs: readonly FollowedRun[] }) {
  const folders = runs.map(({ run }) => run);
  useEffect(() => void learnSettings(folders), [folders.join('\n')]);
  const rows = runs.map((run, index): Row => ({ run, letter: letterOf(index), settings: settings.value.get(run.run) ?? {} }));
  const keys = differingKeys(rows.map((row) => row.settings));
  const [first, further] = outcomeColumns(rows);
  const columns = [...first, ...keys.map(settingColumn), ...further];
  const save = (): void => void host.save('comparison.csv', new TextEncoder().encode([csvLine(columns.map(({ label }) => label)), ...rows.map((row) => csvLine(columns.map(({ value }) => value(row) ?? '')))].join('')));
  if (runs.length === 0) return <p class="empty">{t('No run is shown. Choose some above.')}</p>;
  return (
    <section aria-labelledby="comparison-title">
      <div class="chart-head">
        <h2 id="comparison-title">{t('Comparison')}</h2>
        <button type="button" class="icon-button" aria-label={t('Save as CSV')} title={t('Save as CSV')} onClick={save}>
          <span class="codicon codicon-save" aria-hidden="true" />
        </button>
      </div>
      <p>{runs.length === 1 ? t('Choose more runs above to compare them.') : keys.length === 0 ? t('The runs do not differ in any setting.') : t(keys.length === 1 ? '{0} setting differs; those that are the same are left out.' : '{0} settings differ; those that are the same are left out.', keys.length)}</p>
      <SortableTable caption={t('Runs, their metrics, and the settings in which they differ')} columns={columns} rows={rows} keyOf={({ run }) => run.run} />
    </section>
  );
}

/** A number and how many patients stand behind it. */
interface Told {
  readonly estimate: Estimate;
  readonly patients: number;
}

function ofSlides(metrics: SlideMetrics, name: 'auroc' | 'averagePrecision' | 'balancedAccuracy' | 'f1' | 'brier'): Told {
  return { estimate: metrics[name], patients: patientsBehind(metrics, name) };
}

/** The columns before the settings, and those after them. */
function outcomeColumns(rows: readonly Row[]): readonly [TableColumn<Row>[], TableColumn<Row>[]] {
  const metric = (id: string, label: string, of: (result: RunResult) => Told | undefined): TableColumn<Row> => ({
    id,
    label,
    numeric: true,
    value: ({ run }) => (run.summary?.result && of(run.summary.result)?.estimate.value) ?? undefined,
    text: ({ run }) => {
      const found = run.summary?.result && of(run.summary.result);
      return found ? formatEstimate(found.estimate, found.patients) : '';
    },
  });
  const hasTruth = rows.some(({ run }) => run.summary?.result?.instance);
  return [
    [
      { id: 'run', label: t('Run'), heading: true, value: ({ run, letter }) => `${letter} ${run.name}`, text: ({ run, letter }) => (rows.length > 1 ? `${letter} · ${run.name}` : run.name) },
      { id: 'state', label: t('State'), value: ({ run }) => (run.summary ? stateWords[run.summary.state].label : undefined) },
      metric('test-auroc', t('Test AUROC'), ({ test }) => ofSlides(test, 'auroc')),
      metric('validation-auroc', t('Validation AUROC'), ({ validation }) => ofSlides(validation, 'auroc')),
    ],
    [
      metric('ap', t('Test average precision'), ({ test }) => ofSlides(test, 'averagePrecision')),
      metric('balanced', t('Test balanced accuracy'), ({ test }) => ofSlides(test, 'balancedAccuracy')),
      metric('f1', t('Test F1'), ({ test }) => ofSlides(test, 'f1')),
      metric('brier', t('Test Brier score'), ({ test }) => ofSlides(test, 'brier')),
      ...(hasTruth ? [metric('patch', t('Test patch AUROC'), ({ instance }) => instance && { estimate: instance.test.auroc, patients: instance.test.patients ?? Infinity })] : []),
      { id: 'round', label: t('Round chosen'), numeric: true, value: ({ run }) => run.summary?.result?.selectedRound },
      { id: 'time', label: t('Time'), numeric: true, value: timeOf, text: (row) => (Number.isNaN(timeOf(row)) ? '' : formatDuration(timeOf(row))) },
    ],
  ];
}

/** Of all stages that were finished, ms. */
function timeOf({ run }: Row): number {
  const times = run.table('stages').column('milliseconds');
  return times.length === 0 ? NaN : times.reduce((sum, time) => sum + time, 0);
}

function settingColumn(key: string): TableColumn<Row> {
  const value = ({ settings: { [key]: text } }: Row): string | number | undefined => {
    if (text === undefined) return undefined;
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'number' || typeof parsed === 'string' ? parsed : text;
  };
  return { id: key, label: key, value };
}

import { useEffect } from 'preact/hooks';
import type { RunResult } from '../../src/shared/run/metrics.js';
import { percent, statisticsTables, type StatisticsTable } from '../../src/shared/run/statistics-tables.js';
import { patientWarnings, statisticsMethods } from '../../src/shared/run/statistics-words.js';
import { t } from '../shared/l10n.js';
import { learnSettings, settings } from './follow.js';
import { opened } from './state.js';

/** Who stands behind the result of a run, calibration and operating points; nothing where a run of before has none. */
export function Statistics({ run, result }: { readonly run: string; readonly result: RunResult }) {
  useEffect(() => void learnSettings([run]), [run]);
  const [first, ...ofClasses] = statisticsTables(result);
  if (!first) return null;
  const level = settings.value.get(run)?.['evaluation.ci'];
  return (
    <section class="statistics" aria-labelledby="statistics-title">
      <h2 id="statistics-title">{t('Statistics')}</h2>
      {level !== undefined && <p>{t(...statisticsMethods(percent(Number(level))))}</p>}
      {patientWarnings(result).map((warning) => (
        <p key={warning.join()}>
          <span class="codicon codicon-warning" aria-hidden="true" /> {t(...warning)}
        </p>
      ))}
      <TableOf {...first} />
      {ofClasses.map((table) => (
        <details key={table.title.join()} open={opened.value.has(table.title.join())} onToggle={({ currentTarget }) => remember(table.title.join(), currentTarget.open)}>
          <summary>{t(...table.title)}</summary>
          <TableOf {...table} titled />
        </details>
      ))}
    </section>
  );
}

function remember(title: string, open: boolean): void {
  if (open === opened.value.has(title)) return;
  opened.value = new Set(open ? [...opened.value, title] : [...opened.value].filter((other) => other !== title));
}

/** Not to be sorted: rows belong to those above them. @param titled its title stands above it already. */
function TableOf({ title, head, rows, titled = false }: StatisticsTable & { readonly titled?: boolean }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t(...title)}>
      <table>
        <caption class={titled ? 'visually-hidden' : undefined}>{t(...title)}</caption>
        <thead>
          <tr>
            {head.map((label, i) => (
              <th key={i} scope="col" class={i > 0 ? 'numeric' : undefined}>
                {label[0] === '' ? t('Metric') : t(...label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, ...cells], row) => (
            <tr key={row}>
              <th scope="row">{t(...label!)}</th>
              {cells.map((cell, i) => (
                <td key={i} class="numeric">
                  {t(...cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

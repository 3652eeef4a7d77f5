import { t } from '../shared/l10n.js';
import { axis, logScale, smoothing, tables, zoom } from './state.js';

/** What applies to all charts at once. @param charts the ids of those there are. */
export function Controls({ charts }: { readonly charts: readonly string[] }) {
  const allTables = charts.every((id) => tables.value.has(id));
  return (
    <>
      <form class="controls" aria-label={t('Charts')} onSubmit={(event) => event.preventDefault()}>
        <label>
          {t('Smoothing')}
          <input type="range" min="0" max="0.99" step="0.01" value={smoothing.value} onInput={({ currentTarget }) => (smoothing.value = Number(currentTarget.value))} />
          <output>{smoothing.value.toFixed(2)}</output>
        </label>
        <label>
          <input type="checkbox" checked={logScale.value} onInput={({ currentTarget }) => (logScale.value = currentTarget.checked)} />
          {t('Logarithmic losses')}
        </label>
        <label>
          {t('Losses over')}
          <select value={axis.value} onInput={({ currentTarget }) => (axis.value = currentTarget.value === 'time' ? 'time' : 'epoch')}>
            <option value="epoch">{t('epochs')}</option>
            <option value="time">{t('time')}</option>
          </select>
        </label>
        <label>
          <input type="checkbox" checked={allTables} onInput={({ currentTarget }) => (tables.value = new Set(currentTarget.checked ? charts : []))} />
          {t('Show as tables')}
        </label>
        {Object.keys(zoom.value).length > 0 && (
          <button type="button" onClick={() => (zoom.value = {})}>
            {t('Reset Zoom')}
          </button>
        )}
      </form>
      <details class="help">
        <summary>{t('Mouse and keys in charts')}</summary>
        <p id="chart-help">
          {t('Point to read all values there. Drag to show a part, Shift and drag to move it, double-click to show all; the wheel zooms while Ctrl is held or the chart has the focus. Keys: Left and Right go from point to point, with Shift they move the part shown; plus and minus zoom, 0 shows all, Home and End go to the first and the last point.')}
        </p>
      </details>
    </>
  );
}

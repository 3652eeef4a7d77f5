import type { ReadonlySignal } from '@preact/signals';
import { t } from '../l10n.js';
import { themeColors } from '../theme/colors.js';
import { placeText } from './axis.js';
import type { Range } from './curve.js';
import type { LinePainter } from './line-painter.js';
import { readingsAt, type Reading } from './readings.js';
import { colorOf, type SeriesStyle } from './series.js';
import type { DrawnSeries, LineChartSpec } from './spec.js';

/** One value of a readout. */
export interface ReadoutRow {
  readonly key: string;
  readonly label: string;
  readonly style: SeriesStyle;
  readonly text: string;
}

/** Values beside the pointer, and the same for screen readers. @param left px in the plot. */
export function Readout({ heading, rows, left, isRight }: { readonly heading: string; readonly rows: readonly ReadoutRow[]; readonly left: number; readonly isRight: boolean }) {
  const colors = themeColors.value;
  return (
    <>
      <div class={`readout ${isRight ? 'readout-left' : ''}`} style={{ left: `${left}px` }} aria-hidden="true">
        <strong>{heading}</strong>
        {rows.map(({ key, label, style, text }) => (
          <div key={key} class="reading">
            <span class="reading-mark" style={{ background: colorOf(style, colors) }} />
            <span class="reading-name">{label}</span>
            <span class="reading-value">{text}</span>
          </div>
        ))}
      </div>
      <div class="visually-hidden" aria-live="polite">
        {`${heading}: ${rows.map(({ label, text }) => `${label} ${text}`).join(', ') || t('no value')}`}
      </div>
    </>
  );
}

/** Where a person points. */
export interface Cursor {
  /** In units of the x axis. */
  readonly place: number;
  /** The part being drawn over, px of the canvas. */
  readonly selection: readonly [number, number] | undefined;
}

/** The values of all series where a person points, and a line there. Elements of their own: a pointer that moves paints no canvas anew. */
export function CursorReadout({ cursor, drawn, spec: { axis, format }, range, painter }: { readonly cursor: ReadonlySignal<Cursor | undefined>; readonly drawn: readonly DrawnSeries[]; readonly spec: LineChartSpec; range(): Range; painter(): LinePainter | undefined }) {
  const chart = painter();
  if (!cursor.value || !chart) return null;
  const { place, selection } = cursor.value;
  const [min, max] = range();
  const { top, bottom } = chart.area;
  const height = `${bottom - top}px`;
  const left = chart.pixelAt(place);
  const rows = readingsAt(drawn.map(({ series }) => series), place, [min, max]).map((reading) => ({ ...reading.series, text: valueText(reading, format) }));
  return (
    <>
      <div class="cursor" style={{ left: `${left}px`, top: `${top}px`, height }} />
      {selection && <div class="selection" style={{ left: `${selection[0]}px`, width: `${selection[1] - selection[0]}px`, top: `${top}px`, height }} />}
      <Readout heading={`${axis.label} ${placeText(axis, place)}`} rows={rows} left={left} isRight={place > (min + max) / 2} />
    </>
  );
}

function valueText({ value, low, high }: Reading, format: (value: number) => string): string {
  return low === undefined || high === undefined ? format(value) : `${format(value)} [${format(low)}, ${format(high)}]`;
}

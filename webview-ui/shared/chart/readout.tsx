import type { ReadonlySignal } from '@preact/signals';
import { t } from '../l10n.js';
import { themeColors } from '../theme/colors.js';
import { placeText } from './axis.js';
import type { Range } from './curve.js';
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

/** The values of all series where a person points. */
export function CursorReadout({ cursor, drawn, spec: { axis, format }, range, pixelAt }: { readonly cursor: ReadonlySignal<number | undefined>; readonly drawn: readonly DrawnSeries[]; readonly spec: LineChartSpec; range(): Range; pixelAt(place: number): number }) {
  const place = cursor.value;
  if (place === undefined) return null;
  const [min, max] = range();
  const rows = readingsAt(drawn.map(({ series }) => series), place, [min, max]).map((reading) => ({ ...reading.series, text: valueText(reading, format) }));
  return <Readout heading={`${axis.label} ${placeText(axis, place)}`} rows={rows} left={pixelAt(place)} isRight={place > (min + max) / 2} />;
}

function valueText({ value, low, high }: Reading, format: (value: number) => string): string {
  return low === undefined || high === undefined ? format(value) : `${format(value)} [${format(low)}, ${format(high)}]`;
}

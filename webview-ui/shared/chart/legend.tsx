import { themeColors } from '../theme/colors.js';
import { t } from '../l10n.js';
import { colorOf, dashOf, markerOf, type SeriesStyle } from './series.js';

/** What a legend lists: a series, or a part of stacked bars. */
export interface LegendItem {
  readonly key: string;
  readonly label: string;
  readonly style: SeriesStyle;
}

/** A button a series, pressed while it is drawn. */
export function Legend({ items, hidden, toggle, swatch }: { readonly items: readonly LegendItem[]; readonly hidden: ReadonlySet<string>; toggle(key: string): void; readonly swatch: 'line' | 'block' }) {
  return (
    <div class="legend" role="group" aria-label={t('Series')}>
      {items.map((item) => (
        <button key={item.key} type="button" class="legend-item" aria-pressed={!hidden.has(item.key)} onClick={() => toggle(item.key)} title={hidden.has(item.key) ? t('Show {0}', item.label) : t('Hide {0}', item.label)}>
          {swatch === 'line' ? <LineSwatch style={item.style} /> : <BlockSwatch style={item.style} />}
          <span>{item.label}</span>
        </button>
      ))}
    </div>
  );
}

function LineSwatch({ style }: { readonly style: SeriesStyle }) {
  const color = colorOf(style, themeColors.value);
  return (
    <svg class="swatch" width="30" height="12" viewBox="0 0 30 12" aria-hidden="true">
      <line x1="0" x2="30" y1="6" y2="6" stroke={color} stroke-width="2" stroke-dasharray={dashOf(style).join(' ')} />
      <path d={shapes[markerOf(style)]} fill={color} stroke={color} />
    </svg>
  );
}

function BlockSwatch({ style }: { readonly style: SeriesStyle }) {
  const color = colorOf(style, themeColors.value);
  return (
    <svg class="swatch" width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
      {style.dash === 0 ? <rect x="1" y="1" width="12" height="10" fill={color} /> : <path d="M1 1h12v10h-12z M1 11l10 -10 M5 11l8 -8 M9 11l4 -4 M1 7l6 -6 M1 4l3 -3" fill="none" stroke={color} />}
    </svg>
  );
}

/** The point shapes of chart.js, about the middle of a line swatch. */
const shapes: Readonly<Record<ReturnType<typeof markerOf>, string>> = {
  circle: 'M12 6a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z',
  rect: 'M12 3h6v6h-6z',
  triangle: 'M15 2.5l3.5 6h-7z',
  rectRot: 'M15 2l4 4l-4 4l-4 -4z',
  star: 'M15 2v8M11 6h8M12 3l6 6M18 3l-6 6',
  cross: 'M15 2v8M11 6h8',
};

import { t } from '../l10n.js';
import { placeText } from './axis.js';
import type { LineChartSpec } from './spec.js';
import type { LineSeries } from './series.js';

/** What a chart shows, in words: where each series began, where it stands, and its extremes. */
export function summaryOf({ title, axis, format }: LineChartSpec, series: readonly LineSeries[]): string {
  const lines = series.map(({ label, curve }) => {
    const { x, y, extrema } = curve;
    if (y.length === 0) return t('{0}: no points yet', label);
    const [min, max] = extrema.within(y, 0, y.length);
    return t('{0}: {1} points up to {2} {3}, from {4} to {5}, least {6}, greatest {7}', label, y.length, axis.label, placeText(axis, x[x.length - 1]!), format(y[0]!), format(y[y.length - 1]!), format(min), format(max));
  });
  return `${title}. ${lines.join('. ') || t('Nothing is shown.')}`;
}

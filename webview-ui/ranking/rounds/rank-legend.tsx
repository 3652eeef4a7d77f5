import type { LegendEntry } from '../../shared/chart/export.js';
import { t } from '../../shared/l10n.js';
import { follow } from '../pair/followed.js';
import type { FollowedHistory } from './histories.js';

/** What each line is; a click lets the patch go. */
export function RankLegend({ lines, entries }: { readonly lines: readonly FollowedHistory[]; readonly entries: readonly LegendEntry[] }) {
  return (
    <div class="legend" role="group" aria-label={t('Followed patches')}>
      {lines.map((line, at) => {
        const { label, color, dash } = entries[at]!;
        return (
          <button key={label} type="button" class="legend-item" aria-label={t('{0}: follow no longer', label)} title={t('{0}: follow no longer', label)} onClick={() => follow(line, false)}>
            <svg class="swatch" width="24" height="8" aria-hidden="true">
              <line x1="0" x2="24" y1="4" y2="4" stroke={color} stroke-width="2" stroke-dasharray={dash.join(' ')} />
            </svg>
            <span>{label}</span>
          </button>
        );
      })}
    </div>
  );
}

import type { RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { pair } from '../state.js';
import { RankChart } from '../rounds/rank-chart.js';
import { MarginStrip } from './margin-strip.js';
import { ShortfallTable } from './shortfall-table.js';
import { SlideSide } from './slide-side.js';

/** A positive and a negative slide as the ranking loss compares them. */
export function PairTab({ shown }: { readonly shown: RankingOverview }) {
  const slides = pair.value;
  if (!slides) return <p role="status">{t('The loss compares a positive with a negative slide; this split lacks one of them.')}</p>;
  return (
    <>
      <MarginStrip shown={shown} slides={slides} />
      <div class="sides">
        <SlideSide side="positive" shown={shown} slides={slides} />
        <SlideSide side="negative" shown={shown} slides={slides} />
      </div>
      <div class="below">
        <ShortfallTable shown={shown} slides={slides} />
        <RankChart shown={shown} slides={slides} />
      </div>
    </>
  );
}

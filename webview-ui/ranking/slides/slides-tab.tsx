import { useState } from 'preact/hooks';
import type { RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { host, subjectOf } from '../load.js';
import { wanted } from '../state.js';
import { PairTable } from './pair-table.js';
import { SlideTable } from './slide-table.js';

/** All slides of the split: every pair of them, and each by itself. */
export function SlidesTab({ shown }: { readonly shown: RankingOverview }) {
  const [filter, setFilter] = useState('');
  return (
    <>
      <div class="options">
        <label class="filter">
          {t('Slide')}
          <input type="search" value={filter} placeholder={t('part of its name')} onInput={({ currentTarget }) => setFilter(currentTarget.value)} />
        </label>
        <button type="button" class="secondary" disabled={shown.pairCount === 0} onClick={() => void host.saveSlidePairs(subjectOf(wanted.peek(), shown))}>
          {t('Save all pairs as CSV')}
        </button>
      </div>
      <div class="tables">
        <PairTable shown={shown} filter={filter.trim().toLowerCase()} />
        <SlideTable shown={shown} filter={filter.trim().toLowerCase()} />
      </div>
    </>
  );
}

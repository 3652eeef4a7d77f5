import { t } from '../shared/l10n.js';
import { announced, hovered, patches, selected, shades } from './model.js';
import { Rows, type Row } from './rows.js';
import { clearSelection, selectByRank } from './select.js';
import { formatValue, roleName, truthName } from './words.js';

/** What is known of the patch that is pointed at, or else of the selected one; and the way from patch to patch. */
export function PatchCard() {
  const all = patches.value;
  if (!all) return null;
  const count = all.rank.length;
  const shown = hovered.value >= 0 ? hovered.value : selected.value;
  const rank = selected.value < 0 ? 0 : all.rank[selected.value];
  return (
    <aside class="patch" aria-label={t('Patch')}>
      <div class="steps" role="group" aria-label={t('Patches by rank')}>
        <button type="button" disabled={rank <= 1} aria-label={t('Previous by rank')} title={t('Previous by rank (P)')} onClick={() => selectByRank(rank - 1)}>‹</button>
        <span>{rank === 0 ? t('{0} patches', count) : t('{0} of {1} by rank', rank, count)}</span>
        <button type="button" disabled={rank >= count} aria-label={t('Next by rank')} title={t('Next by rank (N)')} onClick={() => selectByRank(rank + 1)}>›</button>
        {rank > 0 && <button type="button" aria-label={t('Clear the selection')} title={t('Clear the selection (Escape)')} onClick={clearSelection}>×</button>}
      </div>
      {shown >= 0 && <PatchFacts index={shown} />}
      <p class="visually-hidden" role="status">{selected.value >= 0 && announcement(selected.value)}</p>
      <p class="visually-hidden" role="status">{announced.value}</p>
    </aside>
  );
}

function PatchFacts({ index }: { index: number }) {
  const all = patches.value!;
  const share = shades.value?.share[index];
  const rows: readonly Row[] = [
    [t('Score'), formatValue('score', all.score[index])],
    [t('Attention'), formatValue('attention', all.attention[index])],
    [t('Rank'), t('{0} of {1}', all.rank[index], all.rank.length)],
    ...(share === undefined ? [] : [[t('Colour'), t('{0} % of the ramp', Math.round(share * 100))] as const]),
    [t('Role'), roleName(all.role[index])],
    [t('Truth'), truthName(all.truth[index])],
    [t('Place'), `${Math.round(all.x[index])}, ${Math.round(all.y[index])} px`],
  ];
  return <Rows rows={rows} />;
}

function announcement(index: number): string {
  const all = patches.value!;
  return t('Patch {0} of {1} by rank, score {2}, {3}, truth {4}', all.rank[index], all.rank.length, formatValue('score', all.score[index]), roleName(all.role[index]), truthName(all.truth[index]));
}

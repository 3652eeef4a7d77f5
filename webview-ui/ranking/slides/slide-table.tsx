import type { RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { SortableTable, type TableColumn } from '../../shared/table/sortable-table.js';
import { precisionOf } from '../precision.js';
import { count, number, percent } from '../words.js';

const most = 500;

/** Each slide by itself: what the loss sees of it, and how much of that is right where truth is known. */
export function SlideTable({ shown, filter }: { readonly shown: RankingOverview; readonly filter: string }) {
  const { slides, classes, loss } = shown;
  const matching = slides.ids.flatMap((id, place) => (id.toLowerCase().includes(filter) ? [place] : []));
  const isKnown = slides.known.some((known) => known > 0);
  const columns: TableColumn<number>[] = [
    { id: 'slide', label: t('Slide'), heading: true, value: (place) => slides.ids[place] },
    { id: 'label', label: t('Label'), value: (place) => classes[slides.labels[place] === 1 ? 1 : 0] },
    { id: 'mean', label: t('Mean of top {0}', loss.topK), numeric: true, value: (place) => slides.topMeans[place], text: (place) => number(slides.topMeans[place]!) },
    ...(isKnown ? [{ id: 'precision', label: t('Precision at {0}', loss.topK), numeric: true, value: (place: number) => (slides.labels[place] === 1 ? (precisionOf(slides, place) ?? undefined) : undefined), text: (place: number) => precisionText(shown, place) }] : []),
    { id: 'patches', label: t('Patches'), numeric: true, value: (place) => slides.patches[place], text: (place) => count(slides.patches[place]!) },
  ];
  return (
    <div>
      <h2>{t('Slides')}</h2>
      <p class="description">{matching.length > most ? t('The first {0} of {1}.', most, count(matching.length)) : t('{0} slides.', count(matching.length))} {isKnown && t('In a negative slide no patch can be truly positive.')}</p>
      <SortableTable caption={t('Slides')} columns={columns} rows={matching.slice(0, most)} keyOf={(place) => place} />
    </div>
  );
}

function precisionText({ slides }: RankingOverview, place: number): string {
  const share = precisionOf(slides, place);
  return share === null || slides.labels[place] === 0 ? '–' : t('{0} ({1}/{2})', percent(share), slides.trulyPositive[place]!, slides.known[place]!);
}

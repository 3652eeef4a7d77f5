import type { RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { SortableTable, type TableColumn } from '../../shared/table/sortable-table.js';
import { turnTo } from '../load.js';
import { wanted } from '../state.js';
import { count, number, percent } from '../words.js';

/** Rows shown at most: further down nobody looks, and the CSV has them. */
const most = 200;

/** The pairs of slides that violate the margin most. */
export function PairTable({ shown, filter }: { readonly shown: RankingOverview; readonly filter: string }) {
  const { pairs, slides, pairCount } = shown;
  const name = (place: number): string => slides.ids[place]!;
  const rows: number[] = [];
  for (let at = 0; at < pairs.positive.length && rows.length < most; at++) {
    if (name(pairs.positive[at]!).toLowerCase().includes(filter) || name(pairs.negative[at]!).toLowerCase().includes(filter)) rows.push(at);
  }
  const columns: TableColumn<number>[] = [
    { id: 'positive', label: t('Positive slide'), heading: true, value: (at) => name(pairs.positive[at]!), text: (at) => <PairLink positive={name(pairs.positive[at]!)} negative={name(pairs.negative[at]!)} /> },
    { id: 'negative', label: t('Negative slide'), value: (at) => name(pairs.negative[at]!) },
    { id: 'shortfall', label: t('Shortfall'), numeric: true, value: (at) => pairs.shortfall[at], text: (at) => (pairs.shortfall[at]! > 0 ? <strong>{`▲ ${number(pairs.shortfall[at]!)}`}</strong> : number(pairs.shortfall[at]!)) },
    { id: 'hinge', label: t('Hinge'), numeric: true, value: (at) => Math.max(0, pairs.shortfall[at]!), text: (at) => number(Math.max(0, pairs.shortfall[at]!)) },
    { id: 'violated', label: t('Patch pairs beyond'), numeric: true, value: (at) => pairs.violated[at], text: (at) => percent(pairs.violated[at]!) },
  ];
  return (
    <div>
      <h2>{t('Pairs of slides')}</h2>
      <p class="description">{t('The {0} with the largest shortfall of {1}. ▲ is beyond the margin; the hinge is what the loss counts.', count(rows.length), count(pairCount))}</p>
      <SortableTable caption={t('Pairs of slides')} columns={columns} rows={rows} keyOf={(at) => at} />
    </div>
  );
}

function PairLink({ positive, negative }: { readonly positive: string; readonly negative: string }) {
  return (
    <button type="button" class="link" title={t('Show this pair')} onClick={() => void turnTo({ ...wanted.peek(), positive, negative, tab: 'pair' })}>
      {positive}
    </button>
  );
}

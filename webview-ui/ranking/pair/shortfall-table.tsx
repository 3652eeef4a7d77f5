import type { RankedPair, RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { host, subjectOf } from '../load.js';
import { wanted } from '../state.js';
import { count, number } from '../words.js';

/** A side of the table at most; the CSV has all. */
const most = 20;

/** Every patch of the positive slide against every one of the negative: by how much it falls short of the margin. */
export function ShortfallTable({ shown, slides }: { readonly shown: RankingOverview; readonly slides: RankedPair }) {
  const { positive, negative, shortfalls } = slides;
  const columns = negative.indices.length;
  const violated = shortfalls.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  const across = places(columns);
  return (
    <section class="shortfalls" aria-labelledby="shortfalls-title">
      <div class="head">
        <h2 id="shortfalls-title">{t('Patch pairs')}</h2>
        <button type="button" class="secondary" onClick={() => void host.savePatchPairs(subjectOf(wanted.peek(), shown), positive.slide, negative.slide)}>
          {t('Save as CSV')}
        </button>
      </div>
      <p class="description">{t('{0} of {1} pairs are beyond the margin: ▲ says by how much, − what is left to spare. Their mean is what the hinge counts. Rows are patches of the positive slide, columns of the negative.', count(violated), count(shortfalls.length))}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('Table of patch pairs')}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">{t('positive patch, by negative patch')}</span>
              </th>
              {across.map((column) => (
                <th key={column} scope="col">
                  {column + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places(positive.indices.length).map((row) => (
              <tr key={row}>
                <th scope="row">{row + 1}</th>
                {across.map((column) => (
                  <Cell key={column} shortfall={shortfalls[row * columns + column]!} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {Math.max(columns, positive.indices.length) > most && <p class="description">{t('The first {0} of each are shown.', most)}</p>}
    </section>
  );
}

function Cell({ shortfall }: { readonly shortfall: number }) {
  const violated = shortfall > 0;
  return <td class={violated ? 'violated' : 'kept'}>{violated ? `▲${number(shortfall)}` : number(shortfall)}</td>;
}

function places(length: number): readonly number[] {
  return Array.from({ length: Math.min(most, length) }, (_, place) => place);
}

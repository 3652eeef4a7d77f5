import { verdicts } from '../../../src/shared/judgements/verdicts.js';
import { changes } from '../../../src/shared/rpc/banks.js';
import { t } from '../../shared/l10n.js';
import { setLook } from '../actions.js';
import { noFilter, sorts, type Filter, type Sort } from '../order.js';
import { cellSizes, look, overview, patches } from '../state.js';
import { standingWord, verdictWord } from '../words.js';

const sortWords = (): Record<Sort, string> => ({ score: t('Highest score'), 'score-up': t('Lowest score'), slide: t('Slide'), rank: t('Rank in its slide') });

/** How the patches are sorted, and how large they are. */
export function SortBar() {
  const { sort, cellSize } = look.value;
  const words = sortWords();
  const sizes = [t('Small'), t('Medium'), t('Large')];
  return (
    <div class="bar">
      <label class="field">
        <span>{t('Sort')}</span>
        <select value={sort} onChange={({ currentTarget }) => setLook({ sort: currentTarget.value as Sort })}>
          {sorts.map((name) => (
            <option key={name} value={name}>
              {words[name]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('Size')}</span>
        <select value={cellSize} onChange={({ currentTarget }) => setLook({ cellSize: Number(currentTarget.value) as (typeof cellSizes)[number] })}>
          {cellSizes.map((size, i) => (
            <option key={size} value={size}>
              {sizes[i]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Which patches are shown. */
export function Filters() {
  const { filter } = look.value;
  const change = (parts: Partial<Filter>): void => setLook({ filter: { ...filter, ...parts } });
  const active = JSON.stringify({ ...filter, hidden: [] }) !== JSON.stringify(noFilter);
  return (
    <details class="section">
      <summary>
        {t('Filter')}
        {active && <span class="dot" title={t('A filter is set')} />}
      </summary>
      <div class="fields">
        <label class="field">
          <span>{t('Slide')}</span>
          <input type="search" list="slides" value={filter.slide} placeholder={t('all')} onInput={({ currentTarget }) => change({ slide: currentTarget.value })} />
          <datalist id="slides">
            {patches.value?.slides.map((slide) => <option key={slide} value={slide} />)}
          </datalist>
        </label>
        <div class="field" role="group" aria-label={t('Score')}>
          <span>{t('Score')}</span>
          <span class="range">
            <Bound label={t('Lowest score shown')} value={filter.low} onChange={(low) => change({ low })} />
            <span aria-hidden="true">–</span>
            <Bound label={t('Highest score shown')} value={filter.high} onChange={(high) => change({ high })} />
          </span>
        </div>
        <label class="field">
          <span>{t('Role')}</span>
          <select value={filter.role} onChange={({ currentTarget }) => change({ role: currentTarget.value as Filter['role'] })}>
            <option value="any">{t('any')}</option>
            <option value="hard-negative">{t('hard negatives')}</option>
            <option value="positive">{t('positives')}</option>
          </select>
        </label>
        <label class="field">
          <span>{t('Judged')}</span>
          <select value={filter.verdict} onChange={({ currentTarget }) => change({ verdict: currentTarget.value as Filter['verdict'] })}>
            <option value="any">{t('any')}</option>
            <option value="judged">{t('judged')}</option>
            {verdicts.map((verdict) => (
              <option key={verdict} value={verdict}>
                {verdictWord(verdict)}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="field checks">
          <legend>{t('Since round {0}', (overview.value?.rounds.length ?? 1) > 1 ? t('before') : '–')}</legend>
          {changes.map((name) => (
            <label key={name}>
              <input type="checkbox" checked={!filter.hidden.includes(name)} onChange={({ currentTarget }) => change({ hidden: currentTarget.checked ? filter.hidden.filter((other) => other !== name) : [...filter.hidden, name] })} />
              {standingWord(name)}
            </label>
          ))}
        </fieldset>
        {active && (
          <button type="button" class="link" onClick={() => change(noFilter)}>
            {t('Clear filter')}
          </button>
        )}
      </div>
    </details>
  );
}

function Bound({ label, value, onChange }: { readonly label: string; readonly value: number; onChange(value: number): void }) {
  return <input type="number" min={0} max={1} step={0.05} value={value} aria-label={label} onChange={({ currentTarget }) => onChange(Number.isNaN(currentTarget.valueAsNumber) ? value : currentTarget.valueAsNumber)} />;
}

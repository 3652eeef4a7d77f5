import { verdicts } from '../../../src/shared/judgements/verdicts.js';
import { changes } from '../../../src/shared/rpc/banks.js';
import { t } from '../../shared/l10n.js';
import { setLook } from '../actions.js';
import { sorts, usualFilter, type Filter, type Sort } from '../order.js';
import { cellSizes, look, patches } from '../state.js';
import { standingWord, verdictWord } from '../words.js';

const sortWords = (): Record<Sort, string> => ({ score: t('highest score'), 'score-up': t('lowest score'), slide: t('slide'), rank: t('rank in its slide') });

/** Whether anything but the usual filter is set. */
export function filterIsSet(): boolean {
  return JSON.stringify(look.value.filter) !== JSON.stringify(usualFilter);
}

/** Which patches are shown, in which order, how large. */
export function Filters() {
  const { filter, sort, cellSize } = look.value;
  const change = (parts: Partial<Filter>): void => setLook({ filter: { ...filter, ...parts } });
  const words = sortWords();
  const sizes = [t('small'), t('medium'), t('large')];
  return (
    <div class="fields" id="filters">
      <Choice label={t('Sort by')} value={sort} options={sorts.map((name) => [name, words[name]])} onChange={(next) => setLook({ sort: next as Sort })} />
      <Choice label={t('Size')} value={`${cellSize}`} options={cellSizes.map((size, i) => [`${size}`, sizes[i]!])} onChange={(next) => setLook({ cellSize: Number(next) as typeof cellSize })} />
      <Choice
        label={t('Role')}
        value={filter.role}
        options={[
          ['hard-negative', t('hard negatives')],
          ['positive', t('positives')],
          ['any', t('both')],
        ]}
        onChange={(role) => change({ role: role as Filter['role'] })}
      />
      <Choice label={t('Judgement')} value={filter.verdict} options={[['any', t('any')], ['judged', t('judged')], ...verdicts.map((verdict) => [verdict, verdictWord(verdict)] as const)]} onChange={(verdict) => change({ verdict: verdict as Filter['verdict'] })} />
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
      <fieldset class="checks">
        <legend>{t('Since the round before')}</legend>
        {changes.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={!filter.hidden.includes(name)} onChange={({ currentTarget }) => change({ hidden: currentTarget.checked ? filter.hidden.filter((other) => other !== name) : [...filter.hidden, name] })} />
            {standingWord(name)}
          </label>
        ))}
      </fieldset>
      {filterIsSet() && (
        <button type="button" class="link" onClick={() => change(usualFilter)}>
          {t('Clear filter')}
        </button>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  onChange(value: string): void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Bound({ label, value, onChange }: { readonly label: string; readonly value: number; onChange(value: number): void }) {
  return <input type="number" min={0} max={1} step={0.05} value={value} aria-label={label} onChange={({ currentTarget }) => onChange(Number.isNaN(currentTarget.valueAsNumber) ? value : currentTarget.valueAsNumber)} />;
}

import type { SelectionOptions } from '../../../src/shared/rpc/banks.js';
import { t } from '../../shared/l10n.js';
import { tryOptions } from '../actions.js';
import { overview, trial, tried } from '../state.js';
import { count } from '../words.js';

/** Ends of the slider of the ratio, which is logarithmic: small shares are what matters. */
const least = 0.001;
const steps = 300;

/** Tries other mining options on the scores of this round, with the selection the rounds use. */
export function Trial() {
  const { options } = overview.value!;
  const shown = trial.value ?? options;
  const change = (parts: Partial<SelectionOptions>): void => tryOptions({ ...shown, ...parts });
  return (
    <div class="fields" id="trial">
      <Share id="ratio" label={t('Hard negative ratio')} value={shown.hardNegativeRatio} usual={options.hardNegativeRatio} logarithmic onChange={(hardNegativeRatio) => change({ hardNegativeRatio })} />
      <Share id="cap" label={t('Cap for a slide')} value={shown.perSlideCap} usual={options.perSlideCap} onChange={(perSlideCap) => change({ perSlideCap })} />
      <TrialResult />
      {trial.value && (
        <button type="button" class="link" onClick={() => tryOptions(undefined)}>
          {t('Back to the bank of this round')}
        </button>
      )}
    </div>
  );
}

function TrialResult() {
  if (!trial.value) return <p class="soft">{t('Move a slider: the grid shows what this round would have mined under the judgements as they stand now.')}</p>;
  if (!tried.value) return <p class="soft">{t('Selecting…')}</p>;
  const { hardNegatives, threshold, enter, leaving, stay } = tried.value;
  return (
    <p class="trial-result">
      <b>{t('{0} hard negatives', count(hardNegatives))}</b>
      {threshold !== null && <span class="soft"> {t('from score {0}', threshold.toFixed(3))}</span>}
      <br />
      <span class="key key-new">{t('{0} enter', count(enter))}</span>
      <span class="key key-kept">{t('{0} stay', count(stay))}</span>
      <span class="key key-dropped">{t('{0} leave', count(leaving.length))}</span>
    </p>
  );
}

interface ShareProps {
  readonly id: string;
  readonly label: string;
  /** 0–1. */
  readonly value: number;
  /** As the run has it. */
  readonly usual: number;
  readonly logarithmic?: boolean;
  onChange(value: number): void;
}

function Share({ id, label, value, usual, logarithmic = false, onChange }: ShareProps) {
  const place = logarithmic ? (steps * Math.log(value / least)) / Math.log(1 / least) : steps * value;
  const valueAt = (at: number): number => rounded(logarithmic ? least * (1 / least) ** (at / steps) : Math.max(0.01, at / steps));
  return (
    <div class="share">
      <label for={id}>{label}</label>
      <output for={id}>
        <span class="soft">{value === usual ? '' : t('run: {0}', percent(usual))}</span> {percent(value)}
      </output>
      <input id={id} type="range" min={0} max={steps} step={1} value={place} aria-valuetext={percent(value)} onInput={({ currentTarget }) => onChange(valueAt(currentTarget.valueAsNumber))} />
    </div>
  );
}

/** Two digits: no more is meant by a slider. */
function rounded(share: number): number {
  return Math.min(1, Number(share.toPrecision(2)));
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

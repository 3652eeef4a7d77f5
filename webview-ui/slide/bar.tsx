import type { CohortSlideFacts } from '../../src/shared/rpc/slides.js';
import { colorScales, layers, measures, type ColorScale, type Layer, type Measure } from '../../src/shared/rpc/views/slide.js';
import { t } from '../shared/l10n.js';
import { Details } from './details.js';
import { change, choose, facts, round, settings, toggle } from './model.js';

const measureNames: Record<Measure, string> = { none: t('Nothing'), score: t('Score'), attention: t('Attention'), rank: t('Rank') };
const scaleNames: Record<ColorScale, string> = { percentile: t('By percentile'), absolute: t('Absolute') };
const layerNames: Record<Layer, string> = { grid: t('Patches'), tissue: t('Tissue'), mined: t('Mined'), truth: t('Truth'), judgements: t('Judgements') };

/** Above the slide: what it is, and what is drawn on it. */
export function Bar() {
  const { path, run } = facts.value!;
  return (
    <header class="bar">
      <h1 title={path}>{run?.slide.id ?? path.split(/[\\/]/).at(-1)}</h1>
      {run && <Standing slide={run.slide} />}
      <Details />
      {run && <Controls rounds={run.rounds} />}
    </header>
  );
}

function Standing({ slide }: { slide: CohortSlideFacts }) {
  const { label, split, probability, call } = slide;
  return (
    <p class="standing">
      <span>{t('Label: {0}', label)}</span>
      {call && <span class={call.wrong ? 'wrong' : ''}>{t('Predicted: {0} ({1})', call.name, probability!.toFixed(3))}{call.wrong && ` · ${t('wrong')}`}</span>}
      <span>{t('Split: {0}', split ?? t('none yet'))}</span>
    </p>
  );
}

function Controls({ rounds }: { rounds: readonly number[] }) {
  const { measure, scale, opacity, layers: shown } = settings.value;
  if (rounds.length === 0) return <p class="standing">{t('No round has scored this slide yet.')}</p>;
  return (
    <div class="controls" role="toolbar" aria-label={t('What is drawn on the slide')}>
      <label>
        {t('Round')}
        <select value={round.value} onChange={({ currentTarget }) => change({ round: Number(currentTarget.value) })}>
          {rounds.map((number) => <option key={number} value={number}>{number}</option>)}
        </select>
      </label>
      <label>
        {t('Colour')}
        <select value={measure} onChange={({ currentTarget }) => choose({ measure: currentTarget.value as Measure })}>
          {measures.map((name) => <option key={name} value={name}>{measureNames[name]}</option>)}
        </select>
      </label>
      <label>
        <span class="visually-hidden">{t('Colour scale')}</span>
        <select value={scale} disabled={measure === 'none'} onChange={({ currentTarget }) => choose({ scale: currentTarget.value as ColorScale })}>
          {colorScales.map((name) => <option key={name} value={name}>{scaleNames[name]}</option>)}
        </select>
      </label>
      <label>
        {t('Opacity')}
        <input type="range" min={0} max={100} step={5} value={Math.round(opacity * 100)} disabled={measure === 'none'} aria-valuetext={t('{0} %', Math.round(opacity * 100))} onInput={({ currentTarget }) => choose({ opacity: Number(currentTarget.value) / 100 })} />
      </label>
      <fieldset>
        <legend class="visually-hidden">{t('Marks')}</legend>
        {layers.map((layer) => (
          <label key={layer}>
            <input type="checkbox" checked={shown.includes(layer)} onChange={() => toggle(layer)} />
            {layerNames[layer]}
          </label>
        ))}
      </fieldset>
    </div>
  );
}


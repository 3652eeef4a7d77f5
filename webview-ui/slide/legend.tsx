import { t } from '../shared/l10n.js';
import { settings, shades } from './model.js';
import { verdictSigns } from './overlay/marks.js';
import { rampGradient } from './overlay/ramp.js';
import { formatValue, valueNames, verdictNames } from './words.js';

/** What the colours mean, in numbers. */
export function Legend() {
  const { measure, scale, layers } = settings.value;
  const marked = layers.includes('mined');
  const said = layers.includes('judgements');
  if (!shades.value && !marked && !said) return null;
  return (
    <figure class="legend" aria-label={t('Legend')}>
      {shades.value && measure !== 'none' && (
        <>
          <figcaption>{scale === 'percentile' ? t('{0}, coloured by percentile', valueNames[measure]) : valueNames[measure]}</figcaption>
          <div class="ramp" style={{ backgroundImage: rampGradient }} aria-hidden="true" />
          <ol>
            {shades.value.ticks.map((value, i, { length }) => (
              <li key={i}>
                {scale === 'percentile' && <span>{t('{0} %', Math.round((i / (length - 1)) * 100))}</span>}
                <span>{formatValue(measure, value)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
      {marked && (
        <ul>
          <li class="hard-negative"><span aria-hidden="true">✕</span>{t('mined hard negative')}</li>
          <li class="positive"><span aria-hidden="true">+</span>{t('trusted positive')}</li>
        </ul>
      )}
      {said && (
        <ul>
          {(['confirmed-negative', 'mislabelled', 'artefact'] as const).map((verdict) => (
            <li key={verdict}><span aria-hidden="true">{verdictSigns[verdict]}</span>{verdictNames[verdict]}</li>
          ))}
        </ul>
      )}
    </figure>
  );
}

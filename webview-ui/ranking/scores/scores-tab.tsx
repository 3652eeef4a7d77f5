import { useState } from 'preact/hooks';
import type { RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { Histogram } from './histogram.js';

/** How the patches of positive and of negative slides are scored. */
export function ScoresTab({ shown }: { readonly shown: RankingOverview }) {
  const [space, choose] = useState(shown.loss.scoreSpace);
  const [log, setLog] = useState(true);
  return (
    <>
      <h2 class="visually-hidden">{t('Scores')}</h2>
      <div class="options">
        <fieldset>
          <legend>{t('Scores as')}</legend>
          {(['logit', 'probability'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="space" value={one} checked={space === one} onChange={() => choose(one)} />
              {one === 'logit' ? t('logits') : t('probabilities')}
            </label>
          ))}
        </fieldset>
        <label>
          <input type="checkbox" checked={log} onChange={({ currentTarget }) => setLog(currentTarget.checked)} />
          {t('Logarithmic counts')}
        </label>
      </div>
      <Histogram shown={shown} space={space} log={log} />
    </>
  );
}

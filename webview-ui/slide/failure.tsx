import { t } from '../shared/l10n.js';
import { host } from './host.js';
import { describe } from './load.js';
import { state, type Failure } from './model.js';

/** The page of a slide that cannot be shown: what is wrong, and what to do. */
export function FailurePage({ failure: { message, remedy } }: { failure: Failure }) {
  return (
    <section class="failure" role="alert">
      <h1>{t('This slide cannot be shown')}</h1>
      <p>{message}</p>
      {remedy && <p>{remedy}</p>}
      <button type="button" onClick={() => void describe(state.value.target)}>{t('Try Again')}</button>
      {'path' in state.value.target && <button type="button" onClick={() => void host.openOtherwise()}>{t('Open With…')}</button>}
    </section>
  );
}

import { formatMetric } from '../../src/shared/run/too-few.js';
import { t } from '../shared/l10n.js';
import type { FollowedRun } from './followed-run.js';
import { tab } from './state.js';

/** The result of a single run in a line above its curves: validation first, which chose what test then measured. */
export function Headline({ runs }: { readonly runs: readonly FollowedRun[] }) {
  const result = runs.length === 1 ? runs[0]!.summary?.result : undefined;
  if (!result) return null;
  const { validation, test, selectedRound } = result;
  return (
    <p class="headline">
      <span>{t(validation.classes ? 'Validation AUROC, mean over classes: {0}' : 'Validation AUROC: {0}', formatMetric(validation, 'auroc'))}</span>
      <span>{t(test.classes ? 'Test AUROC, mean over classes: {0}' : 'Test AUROC: {0}', formatMetric(test, 'auroc'))}</span>
      <span>{t('Round {0}, chosen by validation', selectedRound)}</span>
      <button type="button" onClick={() => (tab.value = 'result')}>
        {t('All numbers')}
      </button>
    </p>
  );
}

import { t } from '../shared/l10n.js';
import type { FollowedRun } from './followed-run.js';
import { Result } from './result.js';
import { Statistics } from './statistics.js';

/** All numbers of a single run that is done, or where else to look. */
export function Outcome({ runs }: { readonly runs: readonly FollowedRun[] }) {
  const [first, ...others] = runs;
  if (!first) return <p class="empty">{t('No run is shown. Choose one above.')}</p>;
  if (others.length > 0) return <p class="empty">{t('Several runs are shown: their numbers stand side by side under Comparison.')}</p>;
  const result = first.summary?.result;
  if (!result) return <p class="empty">{t('There is no result yet: it is told when the run is done.')}</p>;
  return (
    <div class="outcome">
      <Result result={result} />
      <Statistics run={first.run} result={result} />
    </div>
  );
}

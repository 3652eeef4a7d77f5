import { t } from '../shared/l10n.js';
import { Comparison } from './comparison.js';
import { Curves } from './curves.js';
import { followedRuns, news } from './follow.js';
import { Problems } from './problems.js';
import { Result } from './result.js';
import { RunList } from './run-list.js';
import { tab } from './state.js';
import { Tabs } from './tabs.js';

/** The whole view: the runs and how they stand, then their curves or their comparison. */
export function Dashboard() {
  void news.value;
  const runs = followedRuns();
  const [only] = runs;
  return (
    <>
      <h1 class="visually-hidden">{t('Dashboard')}</h1>
      <RunList runs={runs} />
      <Problems runs={runs} />
      <Tabs />
      <div role="tabpanel" id="panel" aria-labelledby={`tab-${tab.value}`}>
        {tab.value === 'comparison' ? (
          <Comparison runs={runs} />
        ) : (
          <>
            {runs.length === 1 && only?.summary?.result && <Result result={only.summary.result} />}
            <Curves runs={runs} />
          </>
        )}
      </div>
    </>
  );
}

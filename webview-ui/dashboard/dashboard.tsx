import type { DashboardTab } from '../../src/shared/rpc/views/dashboard.js';
import { t } from '../shared/l10n.js';
import { Tabs } from '../shared/tabs/tabs.js';
import { Comparison } from './comparison.js';
import { Curves } from './curves.js';
import { followedRuns, news } from './follow.js';
import { Problems } from './problems.js';
import { Result } from './result.js';
import { RunList } from './run-list.js';
import { Statistics } from './statistics.js';
import { tab } from './state.js';

const tabs: readonly { readonly id: DashboardTab; readonly name: string }[] = [
  { id: 'curves', name: t('Curves') },
  { id: 'comparison', name: t('Comparison') },
];

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
      <Tabs label={t('What is shown')} tabs={tabs} chosen={tab.value} choose={(id) => (tab.value = id)}>
        {tab.value === 'comparison' ? (
          <Comparison runs={runs} />
        ) : (
          <>
            {runs.length === 1 && only?.summary?.result && (
              <div class="outcome">
                <Result result={only.summary.result} />
                <Statistics run={only.run} result={only.summary.result} />
              </div>
            )}
            <Curves runs={runs} />
          </>
        )}
      </Tabs>
    </>
  );
}

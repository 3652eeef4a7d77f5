import type { DashboardTab } from '../../src/shared/rpc/views/dashboard.js';
import { t } from '../shared/l10n.js';
import { Tabs } from '../shared/tabs/tabs.js';
import { Comparison } from './comparison.js';
import { Curves } from './curves.js';
import { followedRuns, news } from './follow.js';
import { Headline } from './headline.js';
import { Outcome } from './outcome.js';
import { Problems } from './problems.js';
import { RunList } from './run-list.js';
import { tab } from './state.js';

const tabs: readonly { readonly id: DashboardTab; readonly name: string }[] = [
  { id: 'curves', name: t('Curves') },
  { id: 'result', name: t('Result') },
  { id: 'comparison', name: t('Comparison') },
];

/** The whole view: the runs and how they stand, then their curves, the result of one, or their comparison. */
export function Dashboard() {
  void news.value;
  const runs = followedRuns();
  return (
    <>
      <h1 class="visually-hidden">{t('Dashboard')}</h1>
      <RunList runs={runs} />
      <Problems runs={runs} />
      <Tabs label={t('What is shown')} tabs={tabs} chosen={tab.value} choose={(id) => (tab.value = id)}>
        {tab.value === 'comparison' && <Comparison runs={runs} />}
        {tab.value === 'result' && <Outcome runs={runs} />}
        {tab.value === 'curves' && (
          <>
            <Headline runs={runs} />
            <Curves runs={runs} />
          </>
        )}
      </Tabs>
    </>
  );
}

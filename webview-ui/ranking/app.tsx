import type { RankingOverview } from '../../src/shared/rpc/rankings.js';
import { rankingTabs, type RankingTab } from '../../src/shared/rpc/views/ranking.js';
import { t } from '../shared/l10n.js';
import { Facts } from './facts.js';
import { turnTo } from './load.js';
import { PairTab } from './pair/pair-tab.js';
import { ScoresTab } from './scores/scores-tab.js';
import { SlidesTab } from './slides/slides-tab.js';
import { announcement, overview, problem, wanted } from './state.js';
import { Tabs } from '../shared/tabs/tabs.js';
import { Toolbar } from './toolbar.js';
import { splitNote } from './words.js';

const tabNames: Readonly<Record<RankingTab, () => string>> = { pair: () => t('Slide pair'), slides: () => t('All slides'), scores: () => t('Scores') };
const tabParts: Readonly<Record<RankingTab, (props: { readonly shown: RankingOverview }) => preact.ComponentChildren>> = { pair: PairTab, slides: SlidesTab, scores: ScoresTab };

/** The whole panel. */
export function App() {
  const shown = overview.value;
  return (
    <>
      <Toolbar />
      {problem.value !== undefined && (
        <p class="problem" role="alert">
          <span class="codicon codicon-error" aria-hidden="true" /> {problem.value}
        </p>
      )}
      {shown ? <Content shown={shown} /> : problem.value === undefined && <p role="status">{t('Reading scores…')}</p>}
      <p class="visually-hidden" aria-live="polite">
        {announcement.value}
      </p>
    </>
  );
}

function Content({ shown }: { readonly shown: RankingOverview }) {
  const note = splitNote(shown.split);
  const Part = tabParts[wanted.value.tab];
  if (shown.slides.ids.length === 0) return <p role="status">{t('This split holds no scored slide.')}</p>;
  return (
    <>
      {note !== undefined && (
        <p class="note" role="note">
          <span class="codicon codicon-info" aria-hidden="true" /> {note}
        </p>
      )}
      <Facts shown={shown} />
      <p class="description">{t('As the aggregator that round {0} kept scores the patches. While training, each epoch draws every slide into one or more of these pairs.', shown.round)}</p>
      <Tabs label={t('Parts of the ranking')} tabs={rankingTabs.map((id) => ({ id, name: tabNames[id]() }))} chosen={wanted.value.tab} choose={(tab) => void turnTo({ ...wanted.peek(), tab })}>
        <Part shown={shown} />
      </Tabs>
    </>
  );
}

import type { RankingOverview } from '../../src/shared/rpc/rankings.js';
import { t } from '../shared/l10n.js';
import { meanPrecision } from './precision.js';
import { count, number, percent, spaceName } from './words.js';

/** What the ranking loss comes to over the whole split. */
export function Facts({ shown }: { readonly shown: RankingOverview }) {
  const { loss, slides, pairCount, violatedSlidePairs, violatedPatchShare, meanHinge, patches } = shown;
  const precision = meanPrecision(slides);
  return (
    <dl class="facts">
      <Fact term={t('Ranking loss')} value={meanHinge === null ? '–' : meanHinge.toFixed(3)} note={loss.weight === 0 ? t('weight 0: it is not trained on') : t('mean over all pairs, before its weight {0}', loss.weight)} />
      <Fact term={t('Slide pairs beyond the margin')} value={pairCount === 0 ? '–' : percent(violatedSlidePairs / pairCount)} note={t('{0} of {1}', count(violatedSlidePairs), count(pairCount))} />
      <Fact term={t('Patch pairs beyond the margin')} value={percent(violatedPatchShare)} note={t('among the top {0} of each slide', loss.topK)} />
      <Fact term={t('Precision at {0}', loss.topK)} value={percent(precision.share)} note={precision.slides === 0 ? t('no instance truth here') : t('mean of {0} positive slides', precision.slides)} />
      <Fact term={t('Margin')} value={number(loss.margin)} note={t('{0}, top {1}', spaceName(loss), loss.topK)} />
      <Fact term={t('Scored')} value={count(slides.ids.length)} note={t('slides, {0} patches', count(patches))} />
    </dl>
  );
}

function Fact({ term, value, note }: { readonly term: string; readonly value: string; readonly note: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <strong>{value}</strong> <span class="description">{note}</span>
      </dd>
    </div>
  );
}

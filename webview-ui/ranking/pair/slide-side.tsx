import type { RankedPair, RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { host, turnTo } from '../load.js';
import { precisionOf } from '../precision.js';
import { wanted } from '../state.js';
import { count, number, percent, spaceName } from '../words.js';
import type { Side } from './followed.js';
import { PatchList } from './patch-list.js';

/** A slide of the pair: which it is, what the loss sees of it, and its top K. */
export function SlideSide({ side, shown, slides }: { readonly side: Side; readonly shown: RankingOverview; readonly slides: RankedPair }) {
  const { slide, mean } = slides[side];
  const at = shown.slides.ids.indexOf(slide);
  const title = side === 'positive' ? t('Positive slide ({0})', shown.classes[1]) : t('Negative slide ({0})', shown.classes[0]);
  return (
    <section class={`side ${side}`} aria-labelledby={`side-${side}`}>
      <h2 id={`side-${side}`}>{title}</h2>
      <button type="button" class="slide-choice" aria-label={t('{0}: {1}. Choose another', title, slide)} onClick={() => void pickSlide(side, title, shown)}>
        <span>{slide}</span>
        <span class="codicon codicon-search" aria-hidden="true" />
      </button>
      <p class="description">
        {t('mean of the top {0}: {1} {2}', slides[side].indices.length, number(mean), spaceName(shown.loss))} · {t('{0} patches', count(shown.slides.patches[at] ?? 0))}
        {side === 'positive' && shown.slides.known[at]! > 0 && ` · ${t('precision {0}', percent(precisionOf(shown.slides, at)))}`}
      </p>
      <PatchList side={side} shown={shown} slides={slides} />
    </section>
  );
}

/** The slides of a side, the worst first. */
async function pickSlide(side: Side, title: string, { slides, loss }: RankingOverview): Promise<void> {
  const sign = side === 'positive' ? 1 : -1;
  const places = slides.ids.map((_, place) => place).filter((place) => slides.labels[place] === (side === 'positive' ? 1 : 0));
  places.sort((a, b) => sign * (slides.topMeans[a]! - slides.topMeans[b]!));
  const choices = places.map((place) => ({ slide: slides.ids[place]!, description: t('mean of the top {0}: {1}', loss.topK, number(slides.topMeans[place]!)) }));
  const picked = await host.pickSlide(title, choices);
  if (picked !== undefined) await turnTo({ ...wanted.peek(), [side]: picked });
}

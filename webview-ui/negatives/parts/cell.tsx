import type { ReadonlySignal } from '@preact/signals';
import { t } from '../../shared/l10n.js';
import type { Picture } from '../pictures.js';
import { standingWord, type PatchFacts } from '../words.js';
import { Mark } from './marks.js';
import { PictureOf } from './picture.js';

/** A patch in the grid: its picture, score, slide and rank, what became of it, and what people said. */
export function Cell({ patch, picture }: { readonly patch: PatchFacts; readonly picture: ReadonlySignal<Picture> }) {
  const { slide, score, rank, positive, standing, verdict } = patch;
  return (
    <div class={`patch patch-${standing}${positive ? ' patch-positive' : ''}`} title={t('{0}, rank {1} of its slide', slide, rank)}>
      <div class="patch-picture">
        <PictureOf picture={picture} />
        {standing !== 'kept' && <span class={`badge badge-${standing}`}>{standingWord(standing)}</span>}
        {verdict !== 'none' && <Mark verdict={verdict} />}
        {positive && <span class="badge badge-positive">{t('positive')}</span>}
      </div>
      <div class="patch-line">
        <b>{score.toFixed(3)}</b>
        <span class="patch-rank">#{rank}</span>
      </div>
      <div class="patch-slide">{slide}</div>
    </div>
  );
}

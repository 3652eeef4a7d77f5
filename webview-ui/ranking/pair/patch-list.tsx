import { useRef, useState } from 'preact/hooks';
import type { RankedPair, RankingOverview } from '../../../src/shared/rpc/rankings.js';
import { roles } from '../../../src/shared/run/tables.js';
import { t } from '../../shared/l10n.js';
import { host } from '../load.js';
import { announcement, wanted } from '../state.js';
import { number, percent, signed } from '../words.js';
import { follow, isFollowed, type Side } from './followed.js';
import { PatchPicture } from './patch-picture.js';
import { violationsOf } from './violations.js';

/** More are not laid out; the CSV has them. */
const most = 100;

interface ListProps {
  readonly side: Side;
  readonly shown: RankingOverview;
  readonly slides: RankedPair;
}

/** The top K of a slide. Arrows move, Enter opens the slide there, Space follows the patch over the rounds. */
export function PatchList({ side, shown, slides }: ListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [active, activate] = useState(0);
  const patches = slides[side];
  const violated = violationsOf(slides, side);
  const against = slides[side === 'positive' ? 'negative' : 'positive'].indices.length;
  const last = Math.min(most, patches.indices.length) - 1;
  const focus = (place: number): void => {
    const next = Math.min(last, Math.max(0, place));
    activate(next);
    list.current?.querySelectorAll<HTMLElement>('[role=option]')[next]?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    const across = columnsOf(list.current!);
    const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -most, End: most }[event.key];
    if (move !== undefined) focus(active + move);
    else if (event.key === 'Enter') open(side, active, shown, slides);
    else if (event.key === ' ') toggle(side, active);
    else return;
    event.preventDefault();
  };
  return (
    <ul ref={list} class="patches" role="listbox" aria-multiselectable="true" aria-label={t('Top {0} patches of {1}. Enter opens the slide there, Space follows a patch over the rounds.', patches.indices.length, patches.slide)} onKeyDown={press}>
      {Array.from(patches.indices.subarray(0, most), (index, place) => (
        <li key={index} role="option" aria-selected={isFollowed(side, place)} tabIndex={place === Math.min(active, last) ? 0 : -1} onFocus={() => activate(place)} onClick={() => open(side, place, shown, slides)}>
          <PatchPicture patches={patches} place={place} />
          <span class="visually-hidden">{spoken(side, place, slides, violated[place]!, against)}</span>
          <PatchCaption side={side} place={place} slides={slides} violated={violated[place]!} against={against} />
        </li>
      ))}
    </ul>
  );
}

/** The same for the eye. */
function PatchCaption({ side, place, slides, violated, against }: { readonly side: Side; readonly place: number; readonly slides: RankedPair; readonly violated: number; readonly against: number }) {
  const { values, truth, roles: role } = slides[side];
  return (
    <span class="caption" aria-hidden="true">
      <span class="place">{place + 1}</span>
      <span class={`follow codicon codicon-${isFollowed(side, place) ? 'pinned' : 'pin'}`} title={t('Follow over the rounds')} onClick={(event) => (event.stopPropagation(), toggle(side, place))} />
      <span class="value">{number(values[place]!)}</span>
      <span class={violated === 0 ? 'kept' : 'violated'} title={t('beyond the margin with {0} of {1}', violated, against)}>
        {violated === 0 ? t('keeps') : `▲ ${violated}/${against}`}
      </span>
      {truth[place]! >= 0 && <span class="truth">{truth[place] === 1 ? t('truth: +') : t('truth: −')}</span>}
      {role[place]! > 0 && <span class="truth">{t('mined')}</span>}
    </span>
  );
}

function open(side: Side, place: number, { round }: RankingOverview, slides: RankedPair): void {
  const { slide, x, y, size } = slides[side];
  if (Number.isNaN(x[place]!)) announcement.value = t('The features of this slide came without places: it cannot be opened at a patch.');
  else void host.openPatch({ run: wanted.peek().run, round, slide, x: x[place]!, y: y[place]!, size: size[place]! });
}

function toggle(side: Side, place: number): void {
  const on = !isFollowed(side, place);
  follow({ side, place }, on);
  announcement.value = on ? t('Patch {0} is followed.', place + 1) : t('Patch {0} is no longer followed.', place + 1);
}

function spoken(side: Side, place: number, slides: RankedPair, violated: number, against: number): string {
  const { logit, score, truth, roles: role } = slides[side];
  const parts = [t('Patch {0}', place + 1), t('logit {0}', signed(logit[place]!)), t('score {0}', percent(score[place]!)), t('beyond the margin with {0} of {1}', violated, against)];
  if (roles[role[place]!] === 'hard-negative') parts.push(t('mined as hard negative'));
  if (roles[role[place]!] === 'positive') parts.push(t('mined as positive'));
  if (truth[place]! >= 0) parts.push(truth[place] === 1 ? t('truly positive') : t('truly negative'));
  return parts.join(', ');
}

function columnsOf(list: HTMLElement): number {
  return getComputedStyle(list).gridTemplateColumns.split(' ').length;
}

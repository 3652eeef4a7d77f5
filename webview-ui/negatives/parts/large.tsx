import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { moveBy } from '../../shared/grid/move.js';
import { t } from '../../shared/l10n.js';
import { host, judge, openOnSlide, select, selectedPatch, shownRound } from '../actions.js';
import { focusCalls, largeOpen, order, selected, subject } from '../state.js';
import { describePatch } from '../words.js';
import { verdictKeys } from './patch-grid.js';
import { VerdictButtons } from './verdict-buttons.js';

/** How many patches wide the surroundings are. */
const span = 4;
/** Pictures are cut for dense screens, up to this edge, px. */
const mostPixels = 1024;

/** The selected patch in the middle of its surroundings, outlined; keys judge it and go on to its neighbours. */
export function Large() {
  const dialog = useRef<HTMLDialogElement>(null);
  const patch = selectedPatch();
  const picture = useSurroundings(patch?.row);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.focus();
  }, []);
  if (!patch) return null;

  const leave = (): void => {
    largeOpen.value = false;
    // One may have gone on to another patch meanwhile.
    focusCalls.value++;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const onButton = event.target instanceof HTMLButtonElement;
    if (onButton && (event.key === ' ' || event.key === 'Enter')) return;
    const next = moveBy(event.key, selected.value, { count: order.value.length, columns: 1, pageRows: 10 });
    if (next !== undefined) select(next);
    else if (event.key === ' ') dialog.current?.close();
    else if (event.key === 'Enter') openOnSlide(patch);
    else if (event.key in verdictKeys) void judge(patch, verdictKeys[event.key]!);
    else return;
    event.preventDefault();
  };

  return (
    <dialog class="large" ref={dialog} tabIndex={-1} aria-label={describePatch(patch)} onKeyDown={onKeyDown} onClose={leave}>
      <figure>
        <div class="large-picture">
          {picture === 'missing' ? <p>{t('The slide cannot be read.')}</p> : picture && <img src={picture} alt={t('The patch in its surroundings, {0} patches wide', span)} />}
          <div class="outline" style={{ inset: `${50 - 50 / span}%` }} />
        </div>
        <figcaption>
          <span class="selection-slide">{patch.slide}</span>
          <span class="soft">
            {patch.score.toFixed(3)} · #{patch.rank} · {t('left {0}, top {1}, edge {2} level-0 px', Math.round(patch.x), Math.round(patch.y), Math.round(patch.size))}
          </span>
        </figcaption>
      </figure>
      <VerdictButtons patch={patch} />
      <div class="actions">
        <button type="button" class="secondary" onClick={() => openOnSlide(patch)}>
          {t('Open slide')}
        </button>
        <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
          {t('Close')}
        </button>
      </div>
      <p class="soft hints">{t('1 2 3 judge, 0 takes back, arrows go on, Escape closes')}</p>
    </dialog>
  );
}

/** The picture of a patch and what lies around it. Until it is there nothing is shown, lest somebody judges by the one before. */
function useSurroundings(row: number | undefined): string | 'missing' | undefined {
  const [picture, setPicture] = useState<string | undefined>(undefined);
  useEffect(() => {
    let left = false;
    setPicture(undefined);
    const edge = Math.min(mostPixels, Math.round(document.body.clientWidth * window.devicePixelRatio));
    void host.patchSurroundings(subject.peek().run!, shownRound()!, row!, span, edge).then(
      (jpeg) => !left && setPicture(URL.createObjectURL(new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }))),
      () => !left && setPicture('missing'),
    );
    return () => void (left = true);
  }, [row]);
  useEffect(() => () => void (picture !== undefined && URL.revokeObjectURL(picture)), [picture]);
  return picture;
}

import { t } from '../../shared/l10n.js';
import { openOnSlide, selectedPatch } from '../actions.js';
import { Explain } from '../explain/section.js';
import { largeOpen } from '../state.js';
import { VerdictButtons } from './verdict-buttons.js';

/** The selected patch, in words and with what one can do. */
export function Selection() {
  const patch = selectedPatch();
  if (!patch) return null;
  const { slide, score, rank, x, y } = patch;
  return (
    <footer class="selection" aria-label={t('Selected patch')}>
      <div class="selection-head">
        <div class="selection-facts">
          <span class="selection-slide" title={slide}>
            {slide}
          </span>
          <span class="soft">
            {score.toFixed(3)} · #{rank}
            {Number.isNaN(x) ? '' : ` · ${Math.round(x)}, ${Math.round(y)} px`}
          </span>
        </div>
        <button type="button" class="icon" aria-keyshortcuts="Space" aria-label={t('Enlarge')} title={t('See it large, with its surroundings (Space)')} onClick={() => (largeOpen.value = true)}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5 9 7M2.5 13.5 7 9" />
          </svg>
        </button>
        <button type="button" class="icon" aria-keyshortcuts="Enter" aria-label={t('Open slide')} title={t('Open the slide at this patch (Enter)')} onClick={() => openOnSlide(patch)}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 3.5h11v9h-11zM5 6h3v3H5z" />
          </svg>
        </button>
      </div>
      <VerdictButtons patch={patch} />
      <Explain row={patch.row} />
    </footer>
  );
}

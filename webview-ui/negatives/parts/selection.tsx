import { t } from '../../shared/l10n.js';
import { openOnSlide, selectedPatch } from '../actions.js';
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
        <span class="selection-slide" title={slide}>
          {slide}
        </span>
        <span class="soft">
          {score.toFixed(3)} · #{rank}
          {Number.isNaN(x) ? '' : ` · ${Math.round(x)}, ${Math.round(y)} px`}
        </span>
      </div>
      <VerdictButtons patch={patch} />
      <div class="actions">
        <button type="button" class="secondary" aria-keyshortcuts="Space" title={t('See it large, with its surroundings (Space)')} onClick={() => (largeOpen.value = true)}>
          {t('Enlarge')}
        </button>
        <button type="button" class="secondary" aria-keyshortcuts="Enter" title={t('Open the slide at this patch (Enter)')} onClick={() => openOnSlide(patch)}>
          {t('Open slide')}
        </button>
      </div>
    </footer>
  );
}

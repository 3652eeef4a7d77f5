import { t } from '../shared/l10n.js';
import { formatLength, formatMagnification, magnification, scaleBar } from '../shared/viewer/measures.js';
import { facts, placement, pointer } from './model.js';
import { stage } from './stage-handle.js';

const longestBar = 140;
const zoomStep = 2;

/** Below the slide: how large things are, how near one is, and where the pointer is. */
export function Readouts() {
  const { mpp } = facts.value!;
  const place = placement.value;
  // There from the first moment, or the slide would be fitted into a larger room than it keeps.
  if (!place) return <footer class="readouts" />;
  const bar = mpp && scaleBar(mpp.x / place.scale, longestBar);
  return (
    <footer class="readouts">
      {bar ? (
        <span class="scale-bar">
          <span class="line" style={{ width: `${bar.pixels}px` }} aria-hidden="true" />
          <span>{formatLength(bar.micrometres)}</span>
        </span>
      ) : (
        <span class="scale-bar unknown">{t('Unknown resolution: neither the file nor a cohort table gives µm/px')}</span>
      )}
      <span class="zoom" title={mpp ? t('Magnification of an objective that shows as much: 40× is 0.25 µm a pixel') : t('Screen pixels a pixel of the slide')}>{mpp ? formatMagnification(magnification(place.scale, mpp.x)) : t('{0} %', Number((place.scale * 100).toPrecision(3)))}</span>
      <span class="buttons" role="group" aria-label={t('Zoom')}>
        <button type="button" aria-label={t('Zoom out')} title={t('Zoom out (-)')} onClick={() => stage.value?.zoomBy(1 / zoomStep)}>−</button>
        <button type="button" aria-label={t('Zoom in')} title={t('Zoom in (+)')} onClick={() => stage.value?.zoomBy(zoomStep)}>+</button>
        <button type="button" title={t('Show the whole slide (0)')} onClick={() => stage.value?.fit()}>{t('Fit')}</button>
      </span>
      <span class="coordinates"><Coordinates /></span>
    </footer>
  );
}

function Coordinates() {
  const { mpp, width, height } = facts.value!;
  const at = pointer.value;
  if (!at) return <>{t('{0} × {1} px', width, height)}{mpp && ` · ${formatLength(width * mpp.x)} × ${formatLength(height * mpp.y)}`}</>;
  const pixels = `x ${Math.floor(at.x)}, y ${Math.floor(at.y)} px`;
  return <>{pixels}{mpp && ` · ${(at.x * mpp.x).toFixed(1)}, ${(at.y * mpp.y).toFixed(1)} µm`}</>;
}

import { useSignal } from '@preact/signals';
import { messageOf } from '../../src/shared/errors.js';
import type { SlideFacts } from '../../src/shared/rpc/slides.js';
import type { SlideQuality } from '../../src/shared/slide-quality.js';
import { t } from '../shared/l10n.js';
import { formatLength } from '../shared/viewer/measures.js';
import { host } from './host.js';
import { facts, state } from './model.js';
import { Rows, type Row } from './rows.js';

/** What the file says of itself, and on request how good the slide is. */
export function Details() {
  const escape = (event: KeyboardEvent): void => {
    const panel = (event.currentTarget as HTMLElement).closest('details')!;
    if (event.key !== 'Escape' || !panel.open) return;
    panel.open = false;
    panel.querySelector('summary')!.focus();
    event.stopPropagation();
  };
  return (
    <details class="details" onKeyDown={escape}>
      <summary>{t('Details')}</summary>
      <div class="details-panel">
        <Rows rows={fileRows(facts.value!)} />
        <Quality key={facts.value!.path} />
      </div>
    </details>
  );
}

/** Measured only when asked for: it reads the slide once. */
function Quality() {
  const quality = useSignal<SlideQuality | 'reading' | Error | undefined>(undefined);
  const measure = (): void => {
    quality.value = 'reading';
    host.qualityOf(state.peek().target).then(
      (found) => (quality.value = found),
      (error: unknown) => (quality.value = error instanceof Error ? error : new Error(messageOf(error))),
    );
  };
  const found = quality.value;
  return (
    <div role="status">
      {found === undefined && <button type="button" onClick={measure}>{t('Measure tissue, ink and focus')}</button>}
      {found === 'reading' && <p>{t('Reading the slide…')}</p>}
      {found instanceof Error && <p class="wrong">{found.message}</p>}
      {typeof found === 'object' && !(found instanceof Error) && <Rows rows={qualityRows(found)} />}
    </div>
  );
}

function fileRows({ path, format, vendor, compression, icc, levels, width, height, mpp, objectivePower, associated }: SlideFacts): readonly Row[] {
  const unknown = t('not said');
  const micrometres = (value: number): string => String(Number(value.toPrecision(4)));
  return [
    [t('File'), path],
    [t('Format'), format],
    [t('Scanner'), vendor ?? unknown],
    [t('Compression'), compression ?? unknown],
    [t('Size'), `${width} × ${height} px${mpp ? ` · ${formatLength(width * mpp.x)} × ${formatLength(height * mpp.y)}` : ''}`],
    [t('Resolution'), mpp ? (mpp.x === mpp.y ? t('{0} µm a pixel', micrometres(mpp.x)) : t('{0} × {1} µm a pixel', micrometres(mpp.x), micrometres(mpp.y))) : unknown],
    [t('Objective'), objectivePower === null ? unknown : `${objectivePower}×`],
    [t('Levels'), levels.map(({ width: across, height: down, downsample }) => `${across} × ${down} (1:${Number(downsample.toFixed(2))})`).join(', ')],
    [t('Colour profile'), icc ? t('carried, not applied') : t('none')],
    [t('Other images'), associated.length === 0 ? t('none') : t('{0} (not shown: they may show patient data)', associated.join(', '))],
  ];
}

function qualityRows({ tissue, pen, focus, stain }: SlideQuality): readonly Row[] {
  const percent = (share: number): string => t('{0} %', Number((share * 100).toPrecision(2)));
  const inks = Object.entries(pen.areas).map(([colour, area]) => t('{0} {1} mm²', colour, area));
  return [
    [t('Tissue'), t('{0} mm², {1} of the slide', tissue.area, percent(tissue.share))],
    [t('Ink'), inks.length === 0 ? t('none seen') : inks.join(', ')],
    [t('Out of focus'), focus === null ? t('too coarse to say') : t('{0} of {1} fields looked at', percent(focus.blurred), focus.fields)],
    [t('Staining'), t('haematoxylin {0}, eosin {1} (mean optical density)', stain.haematoxylin, stain.eosin)],
    [t('Bare glass'), `RGB ${stain.glass.join(', ')}`],
  ];
}

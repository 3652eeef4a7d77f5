import type { ComponentChildren } from 'preact';
import { t } from '../l10n.js';

/** What a person may do with any chart; absent where it makes no sense. */
export interface FigureActions {
  readonly asTable: boolean;
  showAsTable(on: boolean): void;
  savePicture?: (() => void) | undefined;
  saveCsv(): void;
  /** Present while only a part is shown. */
  resetZoom?: (() => void) | undefined;
}

/** The frame of a chart: its title, its small toolbar, the drawing or table, and what explains it. */
export function ChartFigure({ id, title, note, actions, children }: { readonly id: string; readonly title: string; readonly note?: string | undefined; readonly actions: FigureActions; readonly children: ComponentChildren }) {
  return (
    <figure class="chart" id={`chart-${id}`} aria-labelledby={`chart-${id}-title`}>
      <div class="chart-head">
        <h3 id={`chart-${id}-title`}>{title}</h3>
        <div class="chart-tools" role="toolbar" aria-label={t('{0}: tools', title)}>
          {actions.resetZoom && <Tool icon="screen-normal" label={t('Show all')} onClick={actions.resetZoom} />}
          <Tool icon={actions.asTable ? 'graph-line' : 'table'} label={actions.asTable ? t('Show as chart') : t('Show as table')} onClick={() => actions.showAsTable(!actions.asTable)} />
          {actions.savePicture && !actions.asTable && <Tool icon="device-camera" label={t('Save as PNG')} onClick={actions.savePicture} />}
          <Tool icon="save" label={t('Save as CSV')} onClick={actions.saveCsv} />
        </div>
      </div>
      {children}
      {note && <figcaption>{note}</figcaption>}
    </figure>
  );
}

function Tool({ icon, label, onClick }: { readonly icon: string; readonly label: string; onClick(): void }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}

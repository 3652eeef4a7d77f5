import { effect, useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { themeColors } from '../theme/colors.js';
import { ChartFigure } from './chart-figure.js';
import { ChartTable } from './chart-table.js';
import type { Curve, Range } from './curve.js';
import { csvOf, legendOf, pictureOf } from './export.js';
import { Legend } from './legend.js';
import { fullRange, isWhole, within } from './navigate.js';
import { openPainting, type Painting } from './painting.js';
import { attachPointer } from './pointer.js';
import { CursorReadout, type Cursor } from './readout.js';
import type { LineSeries } from './series.js';
import { SmoothedCurve } from './smooth.js';
import { withKey, type ChartSettings, type DrawnSeries, type LineChartSpec } from './spec.js';
import { summaryOf } from './summary.js';

/** Lines over an axis that can be zoomed, read at any place, seen as a table, and saved. */
export function LineChart({ spec, settings }: { readonly spec: LineChartSpec; readonly settings: ChartSettings }) {
  const { id, title, axis } = spec;
  const hidden = settings.hidden.value;
  const asTable = settings.tables.value.has(id);
  const shown = spec.series.filter(({ key }) => !hidden.has(key));
  const drawn = useSmoothed(shown, spec.isLoss ? settings.smoothing.value : 0);
  const full = fullRange(shown.map(({ curve }) => curve), axis.pad) ?? [0, 1];
  const canvas = useRef<HTMLCanvasElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const cursor = useSignal<Cursor | undefined>(undefined);
  const isZoomed = useComputed(() => settings.zoom.value[axis.id] !== undefined);
  const zoomTo = (range: Range | undefined): void => {
    const { [axis.id]: _, ...others } = settings.zoom.peek();
    settings.zoom.value = range && !isWhole(range, full) ? { ...others, [axis.id]: range } : others;
  };
  const rangeNow = (): Range => {
    const zoomed = settings.zoom.peek()[axis.id];
    return zoomed ? within(zoomed, full) : full;
  };
  const latest = useRef({ rangeNow, full, drawn, zoomTo });
  latest.current = { rangeNow, full, drawn, zoomTo };
  const painting = useRef<Painting | undefined>(undefined);

  useEffect(() => {
    if (asTable) return undefined;
    const own = (painting.current = openPainting(canvas.current!, plot.current!));
    const detach = attachPointer(plot.current!, canvas.current!, own.painter, {
      get: () => ({ range: latest.current.rangeNow(), full: latest.current.full, series: latest.current.drawn }),
      zoomTo: (range) => latest.current.zoomTo(range),
      point: (place, selection) => (cursor.value = place === undefined ? undefined : { place, selection }),
    });
    const stop = effect(() => {
      void settings.zoom.value;
      own.askedByZoom();
    });
    return () => {
      stop();
      detach();
      own.close();
      painting.current = undefined;
    };
  }, [asTable]);

  const colors = themeColors.value;
  const log = spec.isLoss && settings.log.value;
  useEffect(() => {
    painting.current?.ask(() => ({ ...spec, series: drawn.map(({ series }) => series), behind: drawn.map(({ behind }) => behind), range: latest.current.rangeNow(), log }), colors);
  });

  const saveCsv = (): void => settings.save(`${id}.csv`, csvOf(shown, rangeNow(), axis));
  const savePicture = async (): Promise<void> => settings.save(`${id}.png`, await pictureOf(canvas.current!, [title, ...settings.caption()], legendOf(shown, colors), colors));
  const actions = {
    asTable,
    showAsTable: (on: boolean): void => void (settings.tables.value = withKey(settings.tables.peek(), id, on)),
    savePicture: () => void savePicture(),
    saveCsv,
    resetZoom: isZoomed.value ? () => zoomTo(undefined) : undefined,
  };
  return (
    <ChartFigure id={id} title={title} note={spec.note} actions={actions}>
      <Legend items={spec.series} hidden={hidden} swatch="line" toggle={(key) => (settings.hidden.value = withKey(hidden, key, !hidden.has(key)))} />
      {asTable ? (
        <ChartTable spec={spec} series={shown} range={rangeNow()} />
      ) : (
        <div ref={plot} class="plot" tabIndex={0} role="application" aria-roledescription="chart" aria-label={title} aria-describedby="chart-help">
          <canvas ref={canvas} role="img" aria-label={summaryOf(spec, shown)} />
          <CursorReadout cursor={cursor} drawn={drawn} spec={spec} range={rangeNow} painter={() => painting.current?.painter} />
        </div>
      )}
    </ChartFigure>
  );
}

function useSmoothed(series: readonly LineSeries[], past: number): readonly DrawnSeries[] {
  const known = useMemo(() => new WeakMap<Curve, SmoothedCurve>(), [past]);
  return series.map((one) => {
    if (past === 0) return { series: one, behind: undefined };
    const curve = known.get(one.curve) ?? new SmoothedCurve(one.curve, past);
    known.set(one.curve, curve);
    return { series: { ...one, curve }, behind: one.curve };
  });
}

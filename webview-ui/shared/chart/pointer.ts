import type { Range } from './curve.js';
import type { DrawnSeries } from './spec.js';
import type { LinePainter } from './line-painter.js';
import { pan, zoomAbout } from './navigate.js';
import { nearestX, nextX } from './readings.js';

/** What moves a chart: the state it is in, and whom to tell. */
export interface PointerTarget {
  get(): { readonly range: Range; readonly full: Range; readonly series: readonly DrawnSeries[] };
  zoomTo(range: Range | undefined): void;
  /** The person points at a place, or at none, and may be drawing a selection (px). */
  point(place: number | undefined, selection?: readonly [number, number]): void;
}

const nearer = 0.8;
/** A drag shorter than this is a click, px. */
const shortestDrag = 6;
const step = 0.1;

/**
 * Wheel, drag and keys of a chart. The wheel zooms where Ctrl is held or the chart has the focus, so that
 * a page of charts still scrolls; a drag shows the part drawn over, with Shift it moves the chart.
 * @returns what takes the listeners off again.
 */
export function attachPointer(plot: HTMLElement, canvas: HTMLCanvasElement, painter: LinePainter, target: PointerTarget): () => void {
  const off = new AbortController();
  const on = <Type extends keyof HTMLElementEventMap>(type: Type, listener: (event: HTMLElementEventMap[Type]) => void): void => plot.addEventListener(type, listener, { signal: off.signal, passive: false });
  const xOf = (event: MouseEvent): number => event.clientX - canvas.getBoundingClientRect().left;
  let drag: { readonly from: number; readonly range: Range; readonly pans: boolean } | undefined;
  let place: number | undefined;
  const pointAt = (x: number | undefined, selection?: readonly [number, number]): void => target.point((place = x), selection);

  on('pointermove', (event) => {
    const { range, full, series } = target.get();
    const { left, right } = painter.area;
    const x = xOf(event);
    if (drag?.pans) return target.zoomTo(pan(drag.range, full, (drag.from - x) / (right - left)));
    const at = Math.min(Math.max(painter.placeAt(x), range[0]), range[1]);
    pointAt(nearestX(series.map(({ series: one }) => one), at, range), drag && clipped(drag.from, x, painter));
  });
  on('pointerleave', () => drag === undefined && pointAt(undefined));
  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    drag = { from: xOf(event), range: target.get().range, pans: event.shiftKey };
    plot.setPointerCapture(event.pointerId);
  });
  on('pointerup', (event) => {
    const begun = drag;
    drag = undefined;
    if (!begun || begun.pans) return;
    const [from, to] = clipped(begun.from, xOf(event), painter);
    if (to - from >= shortestDrag) target.zoomTo([painter.placeAt(from), painter.placeAt(to)]);
    pointAt(place);
  });
  on('pointercancel', () => (drag = undefined));
  on('dblclick', () => target.zoomTo(undefined));
  on('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== plot) return;
    event.preventDefault();
    const { range, full } = target.get();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return target.zoomTo(pan(range, full, event.deltaX / canvas.clientWidth));
    target.zoomTo(zoomAbout(range, full, painter.placeAt(xOf(event)), event.deltaY > 0 ? 1 / nearer : nearer));
  });
  on('keydown', (event) => {
    const { range, full, series } = target.get();
    const lines = series.map(({ series: one }) => one);
    const center = place ?? (range[0] + range[1]) / 2;
    const move = (direction: 1 | -1): void => {
      if (event.shiftKey) return target.zoomTo(pan(range, full, direction * step));
      const next = place === undefined ? nearestX(lines, direction > 0 ? range[0] : range[1], range) : nextX(lines, place, direction, stride(lines, range, painter));
      if (next !== undefined && next >= range[0] && next <= range[1]) pointAt(next);
    };
    const keys: Readonly<Record<string, () => void>> = {
      ArrowRight: () => move(1),
      ArrowLeft: () => move(-1),
      Home: () => pointAt(nearestX(lines, range[0], range)),
      End: () => pointAt(nearestX(lines, range[1], range)),
      '+': () => target.zoomTo(zoomAbout(range, full, center, nearer)),
      '=': () => target.zoomTo(zoomAbout(range, full, center, nearer)),
      '-': () => target.zoomTo(zoomAbout(range, full, center, 1 / nearer)),
      '0': () => target.zoomTo(undefined),
      Escape: () => pointAt(undefined),
    };
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  on('blur', () => pointAt(undefined));
  return () => off.abort();
}

/** Points a key press goes on by: what one pixel holds. */
function stride(series: readonly { readonly curve: { readonly x: Float64Array } }[], [min, max]: Range, { area: { left, right } }: LinePainter): number {
  const inView = Math.max(0, ...series.map(({ curve: { x } }) => (x.length < 2 ? 0 : (x.length * (max - min)) / (x[x.length - 1]! - x[0]! || 1))));
  return Math.max(1, Math.round(inView / Math.max(1, right - left)));
}

function clipped(one: number, other: number, { area: { left, right } }: LinePainter): readonly [number, number] {
  const inside = (x: number): number => Math.min(Math.max(x, left), right);
  return [inside(Math.min(one, other)), inside(Math.max(one, other))];
}

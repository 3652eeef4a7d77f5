import type { ThemeColors } from '../theme/colors.js';
import { LinePainter, type LineView } from './line-painter.js';

/** A chart that another one zooms is painted after so long, ms. */
const paintEvery = 250;

export type Painting = ReturnType<typeof openPainting>;

/** A canvas that is painted when it is in view: soon after one is asked, at once where a person zooms it. */
export function openPainting(canvas: HTMLCanvasElement, plot: HTMLElement) {
  const painter = new LinePainter(canvas);
  let view: LineView | undefined;
  let make: (() => LineView) | undefined;
  let colors: ThemeColors | undefined;
  let isSeen = false;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const paint = (): void => {
    clearTimeout(timer);
    frame = 0;
    timer = undefined;
    if (!isSeen || !make || !colors) return;
    view = make();
    painter.paint(view, colors);
  };
  const soon = (): void => void (frame ||= requestAnimationFrame(paint));
  const seen = new IntersectionObserver(([entry]) => {
    isSeen = entry?.isIntersecting ?? true;
    if (isSeen) soon();
  });
  seen.observe(plot);
  return {
    painter,
    ask(next: () => LineView, theme: ThemeColors): void {
      make = next;
      colors = theme;
      soon();
    },
    askedByZoom(): void {
      if (plot.matches(':hover, :focus-within')) soon();
      else timer ??= setTimeout(soon, paintEvery);
    },
    point(cursor: number | undefined, selection: readonly [number, number] | undefined): void {
      if (view) painter.point((view = { ...view, cursor, selection }));
    },
    close(): void {
      seen.disconnect();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      painter.destroy();
    },
  };
}

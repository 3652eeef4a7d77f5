import type { ThemeColors } from '../theme/colors.js';
import { LinePainter, type LineView } from './line-painter.js';
import { leaveTurn, paintInTurn } from './turns.js';

/** A chart that another one zooms is painted after so long, ms. */
const paintEvery = 250;

export type Painting = ReturnType<typeof openPainting>;

/** A canvas that is painted when it is in view: at the next frame where a person moves it, else in its turn. */
export function openPainting(canvas: HTMLCanvasElement, plot: HTMLElement) {
  const painter = new LinePainter(canvas);
  let make: (() => LineView) | undefined;
  let colors: ThemeColors | undefined;
  let isSeen = false;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const paint = (): void => {
    clearTimeout(timer);
    leaveTurn(paint);
    frame = 0;
    timer = undefined;
    if (!isSeen || !make || !colors) return;
    painter.paint(make(), colors);
  };
  const seen = new IntersectionObserver(([entry]) => {
    isSeen = entry?.isIntersecting ?? true;
    if (isSeen) paintInTurn(paint);
  });
  seen.observe(plot);
  return {
    painter,
    ask(next: () => LineView, theme: ThemeColors): void {
      make = next;
      colors = theme;
      paintInTurn(paint);
    },
    askedByZoom(): void {
      if (plot.matches(':hover, :focus-within')) frame ||= requestAnimationFrame(paint);
      else timer ??= setTimeout(() => paintInTurn(paint), paintEvery);
    },
    close(): void {
      seen.disconnect();
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      leaveTurn(paint);
      painter.destroy();
    },
  };
}

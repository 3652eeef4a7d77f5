import type { ChartConfiguration } from 'chart.js';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { Chart } from '../shared/chart/canvas.js';
import { decorate } from '../shared/chart/plugins.js';
import type { Mark } from '../shared/chart/series.js';
import { themeColors, type ThemeColors } from '../shared/theme/colors.js';

/** A canvas that draws one chart, and draws it anew when what it shows or the theme changes. */
export function Plot({ canvas, summary, marks = [], configure }: { readonly canvas: RefObject<HTMLCanvasElement | null>; readonly summary: string; readonly marks?: readonly Mark[]; configure(colors: ThemeColors): ChartConfiguration }) {
  const colors = themeColors.value;
  useEffect(() => {
    const chart = new Chart(canvas.current!, configure(colors));
    decorate(chart, { marks });
    chart.draw();
    return () => chart.destroy();
  });
  return (
    <div class="plot">
      <canvas ref={canvas} role="img" aria-label={summary} />
    </div>
  );
}

import { BarController, BarElement, CategoryScale, Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, type ChartOptions, type ScaleOptionsByType } from 'chart.js';
import type { ThemeColors } from '../theme/colors.js';
import { guides, intervals } from './plugins.js';

Chart.register(LineController, LineElement, PointElement, BarController, BarElement, LinearScale, LogarithmicScale, CategoryScale, guides, intervals);

/** What all our charts have in common: no animation, no events or texts of chart.js's own. */
export const plainOptions = {
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  events: [],
  parsing: false,
  normalized: true,
  resizeDelay: 50,
  layout: { padding: { top: 6, right: 12 } },
} satisfies ChartOptions;

/** Colours and fonts of an axis. */
export function axisLook(colors: ThemeColors, title: string): Pick<ScaleOptionsByType<'linear'>, 'grid' | 'border' | 'title'> & { readonly ticks: object } {
  const font = { family: colors.font, size: colors.fontSize - 2 };
  return {
    grid: { color: colors.grid, drawTicks: false, lineWidth: 0.5 } as never,
    border: { color: colors.border || colors.grid } as never,
    ticks: { color: colors.description, font, padding: 6 },
    title: { display: title !== '', text: title, color: colors.description, font, padding: 2 } as never,
  };
}

export { Chart };

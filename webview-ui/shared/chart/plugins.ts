import type { Chart, Plugin } from 'chart.js';
import { themeColors } from '../theme/colors.js';
import type { ChartPoint } from './decimate.js';
import type { Mark } from './series.js';

/** What our plugins draw beside the lines. */
export interface Decoration {
  readonly marks: readonly Mark[];
}

const decorations = new WeakMap<Chart, Decoration>();

/** Sets what is drawn with the next painting. */
export function decorate(chart: Chart, decoration: Decoration): void {
  decorations.set(chart, decoration);
}

/** Vertical lines with their labels above the lines of the chart. */
export const guides: Plugin = {
  id: 'guides',
  beforeDatasetsDraw(chart) {
    const decoration = decorations.get(chart);
    const x = chart.scales.x;
    if (!decoration || !x) return;
    const { ctx, chartArea } = chart;
    const colors = themeColors.peek();
    ctx.save();
    ctx.font = `${colors.fontSize - 2}px ${colors.font}`;
    ctx.textBaseline = 'bottom';
    let free = -Infinity;
    for (const { x: at, label } of decoration.marks) {
      if (at < x.min || at > x.max) continue;
      const px = Math.round(x.getPixelForValue(at)) + 0.5;
      dotted(chart, px, colors.description);
      const width = ctx.measureText(label).width;
      if (px < free || px + width > chart.width) continue;
      ctx.fillStyle = colors.description;
      ctx.fillText(label, px - 2, chartArea.top - 2);
      free = px + 8 + width;
    }
    ctx.restore();
  },
};

/** Whiskers of points with an interval. */
export const intervals: Plugin = {
  id: 'intervals',
  afterDatasetsDraw(chart) {
    const { ctx, scales, chartArea } = chart;
    const { x, y } = scales;
    if (!x || !y) return;
    const cap = 4;
    ctx.save();
    ctx.beginPath();
    ctx.rect(chartArea.left, chartArea.top, chartArea.right - chartArea.left, chartArea.bottom - chartArea.top);
    ctx.clip();
    for (const [index, dataset] of chart.data.datasets.entries()) {
      // Series at one place are set apart, so that their whiskers are.
      const aside = (index - (chart.data.datasets.length - 1) / 2) * 3;
      ctx.strokeStyle = dataset.borderColor as string;
      ctx.lineWidth = 1.25;
      for (const point of dataset.data as unknown as ChartPoint[]) {
        if (point.low === undefined || point.high === undefined || Number.isNaN(point.low) || Number.isNaN(point.high)) continue;
        const [px, low, high] = [x.getPixelForValue(point.x) + aside, y.getPixelForValue(point.low), y.getPixelForValue(point.high)];
        ctx.beginPath();
        ctx.moveTo(px, low);
        ctx.lineTo(px, high);
        for (const end of [low, high]) {
          ctx.moveTo(px - cap, end);
          ctx.lineTo(px + cap, end);
        }
        ctx.stroke();
      }
    }
    ctx.restore();
  },
};

function dotted({ ctx, chartArea }: Chart, px: number, color: string): void {
  ctx.strokeStyle = color;
  ctx.lineWidth = 1;
  ctx.setLineDash([1, 3]);
  ctx.beginPath();
  ctx.moveTo(px, chartArea.top);
  ctx.lineTo(px, chartArea.bottom);
  ctx.stroke();
}

import type { ChartDataset, ChartOptions } from 'chart.js';
import type { ThemeColors } from '../theme/colors.js';
import { axisTicks, type Axis } from './axis.js';
import { axisLook, Chart, plainOptions } from './canvas.js';
import type { Curve, Range } from './curve.js';
import { visiblePoints, type ChartPoint } from './decimate.js';
import { decorate } from './plugins.js';
import { colorOf, dashOf, faded, markerOf, type LineSeries, type Mark } from './series.js';

/** What a line chart shows at a moment. */
export interface LineView {
  readonly series: readonly LineSeries[];
  /** Curves drawn faintly behind the series: what was smoothed. */
  readonly behind: readonly (Curve | undefined)[];
  readonly range: Range;
  readonly axis: Axis;
  readonly yLabel: string;
  readonly yRange?: readonly [number, number] | undefined;
  readonly format: (value: number) => string;
  readonly log: boolean;
  readonly marks: readonly Mark[];
}

/** Up to so many points in view each is marked. */
const fewPoints = 60;

/** Paints line charts onto one canvas. */
export class LinePainter {
  private readonly chart: Chart<'line', ChartPoint[]>;
  private look = '';

  constructor(canvas: HTMLCanvasElement) {
    this.chart = new Chart(canvas, { type: 'line', data: { datasets: [] }, options: plainOptions as ChartOptions<'line'> }) as Chart<'line', ChartPoint[]>;
  }

  paint(view: LineView, colors: ThemeColors): void {
    this.dress(view, colors);
    const columns = Math.max(100, Math.round(this.area.right - this.area.left) || this.chart.width);
    const faint = view.behind.flatMap((curve, at) => (curve ? [{ ...this.dataset(view, view.series[at]!, curve, columns, colors), borderColor: faded(colorOf(view.series[at]!.style, colors), 0.3), pointRadius: 0 }] : []));
    this.chart.data.datasets = [...faint, ...view.series.map((series) => this.dataset(view, series, series.curve, columns, colors))];
    decorate(this.chart as Chart, view);
    this.chart.update('none');
  }

  /** The place of the x axis under a pixel of the canvas. */
  placeAt(px: number): number {
    return this.chart.scales.x?.getValueForPixel(px) ?? NaN;
  }

  /** The pixel of the canvas at a place of the x axis. */
  pixelAt(place: number): number {
    return this.chart.scales.x?.getPixelForValue(place) ?? 0;
  }

  /** The plotted area, px of the canvas. */
  get area(): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
    return this.chart.chartArea ?? { left: 0, right: 0, top: 0, bottom: 0 };
  }

  destroy(): void {
    this.chart.destroy();
  }

  private dataset({ range, log }: LineView, { style, label }: LineSeries, curve: Curve, columns: number, colors: ThemeColors): ChartDataset<'line', ChartPoint[]> {
    const points = visiblePoints(curve, range, columns);
    const color = colorOf(style, colors);
    return {
      label,
      data: log ? points.map((point) => (point.y > 0 ? point : { x: point.x, y: NaN })) : points,
      borderColor: color,
      backgroundColor: color,
      borderDash: [...dashOf(style)],
      borderWidth: 1.75,
      pointStyle: markerOf(style),
      pointRadius: points.length <= fewPoints ? 3.5 : 0,
      pointBorderWidth: 1.25,
      // Points on the edge are seen whole.
      clip: 5,
    };
  }

  private dress({ axis, yLabel, yRange, log, format, marks, range: [min, max] }: LineView, colors: ThemeColors): void {
    const look = JSON.stringify([axis, yLabel, yRange, log, marks.length > 0, colors]);
    if (look === this.look) {
      // Options are costly to take in; a chart that is moved changes these two only.
      Object.assign(this.chart.options.scales!.x!, { min, max });
      return;
    }
    this.look = look;
    const { ticks, afterBuildTicks } = axisTicks(axis);
    const x = axisLook(colors, axis.label);
    const y = axisLook(colors, yLabel);
    this.chart.options = {
      ...plainOptions,
      layout: { padding: { top: marks.length > 0 ? 18 : 6, right: 12 } },
      scales: {
        x: { type: 'linear', min, max, ...x, ticks: { ...x.ticks, ...ticks }, ...(afterBuildTicks ? { afterBuildTicks } : {}) },
        y: { type: log ? 'logarithmic' : 'linear', ...y, ...(yRange && !log ? { min: yRange[0], max: yRange[1] } : {}), ticks: { ...y.ticks, maxTicksLimit: 7, callback: (value: number | string) => format(Number(value)) } },
      },
    } as ChartOptions<'line'>;
  }
}

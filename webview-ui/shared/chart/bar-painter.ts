import type { ChartDataset, ChartOptions } from 'chart.js';
import type { ThemeColors } from '../theme/colors.js';
import type { BarChartSpec } from './bar-chart.js';
import { axisLook, Chart, plainOptions } from './canvas.js';
import { colorOf, type SeriesStyle } from './series.js';

/** Paints stacked bars: a stack a group in each category. */
export class BarPainter {
  private readonly chart: Chart<'bar', number[]>;

  constructor(canvas: HTMLCanvasElement) {
    this.chart = new Chart(canvas, { type: 'bar', data: { labels: [], datasets: [] }, options: { ...plainOptions, parsing: undefined } as never }) as Chart<'bar', number[]>;
  }

  paint({ categories, groups, parts, xLabel, yLabel, format }: BarChartSpec, hidden: ReadonlySet<string>, colors: ThemeColors): void {
    const x = axisLook(colors, xLabel);
    const y = axisLook(colors, yLabel);
    this.chart.options = {
      ...plainOptions,
      parsing: undefined,
      scales: {
        x: { type: 'category', stacked: true, ...x, grid: { display: false } },
        y: { type: 'linear', stacked: true, beginAtZero: true, ...y, ticks: { ...y.ticks, maxTicksLimit: 6, callback: (value: string | number) => format(Number(value)) } },
      },
    } as unknown as ChartOptions<'bar'>;
    this.chart.data.labels = [...categories];
    this.chart.data.datasets = parts
      .filter(({ key }) => !hidden.has(key))
      .flatMap(({ label, style, values }) => groups.map((group, at): ChartDataset<'bar', number[]> => ({ label, stack: group.key, data: [...(values[at] ?? [])], backgroundColor: fillOf(style, colors) as string, borderColor: colors.background, borderWidth: 1, maxBarThickness: 56, categoryPercentage: 0.75, barPercentage: 0.95 })));
    this.chart.update('none');
  }

  /** The category under a pixel of the canvas; undefined outside. */
  categoryAt(px: number): number | undefined {
    const at = this.chart.scales.x?.getValueForPixel(px);
    return at !== undefined && at >= 0 && at < (this.chart.data.labels?.length ?? 0) ? at : undefined;
  }

  pixelAt(category: number): number {
    return this.chart.scales.x?.getPixelForValue(category) ?? 0;
  }

  destroy(): void {
    this.chart.destroy();
  }
}

const tile = 6;

/** A plain colour, or for a dashed style stripes of it. */
function fillOf(style: SeriesStyle, colors: ThemeColors): string | CanvasPattern {
  const color = colorOf(style, colors);
  if (style.dash === 0) return color;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = tile;
  const context = canvas.getContext('2d')!;
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.beginPath();
  for (const shift of [-tile, 0, tile]) {
    context.moveTo(shift - 1, tile + 1);
    context.lineTo(shift + tile + 1, -1);
  }
  context.stroke();
  return context.createPattern(canvas, 'repeat') ?? color;
}

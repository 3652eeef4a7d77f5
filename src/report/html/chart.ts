import type { Chart, ChartPoint, ChartSeries } from '../charts.js';
import { escape, htmlTable } from './text.js';

/** Drawing area in SVG units; the picture scales with the page. */
const size = { width: 440, height: 240 };
const margin = { top: 16, right: 14, bottom: 40, left: 58 };
const plot = { left: margin.left, right: size.width - margin.right, top: margin.top, bottom: size.height - margin.bottom };

/** A chart as a figure: inline SVG without script, its caption, and its numbers as a table to unfold. */
export function chartFigure(chart: Chart): string {
  return [
    '<figure class="chart">',
    `<h3>${escape(chart.title)}</h3>`,
    chart.series.length > 1 ? legend(chart.series) : '',
    svg(chart),
    `<figcaption>${escape(chart.caption)}</figcaption>`,
    `<details><summary>Numbers</summary>${numbers(chart)}</details>`,
    '</figure>',
  ].join('\n');
}

function legend(series: readonly ChartSeries[]): string {
  const keys = series.map(({ name }, i) => `<li><svg viewBox="0 0 28 8" aria-hidden="true"><line class="line s${i}" x1="1" y1="4" x2="27" y2="4"/></svg>${escape(name)}</li>`);
  return `<ul class="legend">${keys.join('')}</ul>`;
}

function svg({ id, title, series, xLabel, yLabel, xRange, yRange, marks = [], breaks = [] }: Chart): string {
  const points = series.flatMap((one) => one.points);
  const xs = points.map(({ x }) => x);
  const ys = points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]);
  const xTicks = xRange ? ticks(...xRange, 5) : ticks(Math.min(...xs), Math.max(...xs), 8, true);
  const yTicks = ticks(...(yRange ?? ([Math.min(...ys), Math.max(...ys)] as const)), 5);
  const xLimits = padded(...(xRange ?? ([Math.min(...xs), Math.max(...xs)] as const)));
  const yLimits = [yTicks[0]!, yTicks.at(-1)!] as const;
  const px = (x: number): number => scale(x, xLimits, [plot.left, plot.right]);
  const py = (y: number): number => scale(y, yLimits, [plot.bottom, plot.top]);
  const text = (x: number, y: number, anchor: string, content: string, name = 'tick'): string => `<text class="${name}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(content)}</text>`;

  return [
    `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escape(title)}</title>`,
    `<desc id="${id}-desc">${escape(describe(series, xLabel))}</desc>`,
    ...yTicks.map((y) => `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${round(py(y))}" y2="${round(py(y))}"/>${text(plot.left - 8, py(y) + 4, 'end', number(y))}`),
    ...xTicks.map((x) => text(px(x), plot.bottom + 18, 'middle', number(x))),
    ...marks.map(({ x }) => `<line class="mark" x1="${round(px(x))}" x2="${round(px(x))}" y1="${plot.top}" y2="${plot.bottom}"/>`),
    ...roomy(marks, px).map(({ x, label }) => (px(x) > size.width * 0.75 && label.length > 2 ? text(px(x) - 4, plot.bottom - 6, 'end', label, 'mark-label') : text(px(x) + 4, plot.bottom - 6, 'start', label, 'mark-label'))),
    text((plot.left + plot.right) / 2, size.height - 6, 'middle', xLabel, 'axis'),
    `<text class="axis" text-anchor="middle" transform="translate(11 ${(plot.top + plot.bottom) / 2}) rotate(-90)">${escape(yLabel)}</text>`,
    ...series.map((one, i) => drawn(one, i, breaks, px, py)),
    '</svg>',
  ].join('\n');
}

function drawn({ points, reference }: ChartSeries, index: number, breaks: readonly number[], px: (x: number) => number, py: (y: number) => number): string {
  const bounded = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  const whiskers = bounded.map(({ x, low, high }) => {
    const [at, bottom, top] = [px(x) + index * 7, py(low!), py(high!)].map(round);
    return `<path class="whisker s${index}" d="M${at} ${bottom}V${top}M${at! - 4} ${bottom}h8M${at! - 4} ${top}h8"/>`;
  });
  const at = ({ x, y }: ChartPoint): string => `${round(px(x) + (bounded.length > 0 ? index * 7 : 0))} ${round(py(y))}`;
  const piece = ({ x }: ChartPoint): number => breaks.filter((place) => place < x).length;
  const pieces = [...new Set(points.map(piece))].map((which) => points.filter((point) => piece(point) === which));
  const lines = pieces.filter((own) => own.length > 1).map((own) => `<polyline class="line s${index}" points="${own.map(at).join(' ')}"/>`);
  const dots = points.length <= 40 && !reference ? points.map((point) => `<circle class="dot s${index}" cx="${at(point).split(' ')[0]}" cy="${at(point).split(' ')[1]}" r="${points.length <= 20 ? 3.5 : 2}"/>`) : [];
  return [...whiskers, ...lines, ...dots].join('');
}

/** The marks whose labels have room beside one another. */
function roomy<Mark extends { readonly x: number; readonly label: string }>(marks: readonly Mark[], px: (x: number) => number): Mark[] {
  let free = -Infinity;
  return marks.filter(({ x, label }) => {
    if (px(x) < free) return false;
    free = px(x) + 8 + label.length * 7;
    return true;
  });
}

/** Where each curve begins, ends and peaks: what one would say of it over the telephone. */
function describe(series: readonly ChartSeries[], xLabel: string): string {
  return series
    .map(({ name, points }) => {
      const [first, last] = [points[0]!, points.at(-1)!];
      const values = points.map(({ y }) => y);
      return `${name}: ${number(first.y)} at ${xLabel} ${first.x}, ${number(last.y)} at ${last.x}; lowest ${number(Math.min(...values))}, highest ${number(Math.max(...values))}.`;
    })
    .join(' ');
}

function numbers({ title, series, xLabel }: Chart): string {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const cell = (points: readonly ChartPoint[], x: number): string => {
    const point = points.find((candidate) => candidate.x === x);
    if (!point) return '';
    return point.low === undefined || point.high === undefined ? point.y.toPrecision(4) : `${point.y.toFixed(3)} [${point.low.toFixed(3)}, ${point.high.toFixed(3)}]`;
  };
  return htmlTable(title, [xLabel, ...series.map(({ name }) => name)], xs.map((x) => [String(x), ...series.map(({ points }) => cell(points, x))]));
}

/** About `count` round numbers that enclose low and high; whole ones lie within. */
function ticks(low: number, high: number, count: number, whole = false): number[] {
  const span = high - low || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max([1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!, whole ? 1 : 0);
  const first = whole ? Math.ceil(low / step - 1e-9) : Math.floor(low / step + 1e-9);
  const last = whole ? Math.floor(high / step + 1e-9) : Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

function padded(low: number, high: number): readonly [number, number] {
  const pad = (high - low) * 0.04 || 1;
  return [low - pad, high + pad];
}

function scale(value: number, [low, high]: readonly [number, number], [from, to]: readonly [number, number]): number {
  return from + ((value - low) / (high - low || 1)) * (to - from);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

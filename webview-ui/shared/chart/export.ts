import { csvLine } from '../../../src/shared/csv.js';
import type { ThemeColors } from '../theme/colors.js';
import type { Axis } from './axis.js';
import type { Range } from './curve.js';
import { placeOf, placesWithin } from './readings.js';
import { colorOf, dashOf, type LineSeries } from './series.js';

/** An entry of a legend as it is drawn into a picture. */
export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
}

const margin = 16;
const lineHeight = 22;

/** The canvas with its title, further lines and legend on the theme's background, as PNG. */
export async function pictureOf(canvas: HTMLCanvasElement, [title = '', ...lines]: readonly string[], entries: readonly LegendEntry[], colors: ThemeColors): Promise<Uint8Array> {
  const scale = canvas.width / canvas.clientWidth;
  const picture = document.createElement('canvas');
  const context = picture.getContext('2d')!;
  const [width, head] = [canvas.clientWidth + 2 * margin, 2 * margin + (1 + lines.length) * lineHeight];
  context.font = `${colors.fontSize}px ${colors.font}`;
  const rows = legendRows(context, entries, width - 2 * margin);
  const legendHeight = rows.length * lineHeight;
  picture.width = width * scale;
  picture.height = (head + canvas.clientHeight + legendHeight + margin) * scale;
  context.scale(scale, scale);
  context.fillStyle = colors.background;
  context.fillRect(0, 0, width, picture.height);
  context.textBaseline = 'middle';
  context.fillStyle = colors.foreground;
  context.font = `bold ${colors.fontSize + 2}px ${colors.font}`;
  context.fillText(title, margin, margin + lineHeight / 2);
  context.font = `${colors.fontSize}px ${colors.font}`;
  for (const [at, line] of lines.entries()) context.fillText(line, margin, margin + (at + 1.5) * lineHeight);
  context.drawImage(canvas, margin, head, canvas.clientWidth, canvas.clientHeight);
  for (const [row, placed] of rows.entries()) {
    for (const { entry, x } of placed) drawEntry(context, entry, margin + x, head + canvas.clientHeight + (row + 0.5) * lineHeight, colors);
  }
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  return new Uint8Array(await blob!.arrayBuffer());
}

export function legendOf(series: readonly LineSeries[], colors: ThemeColors): LegendEntry[] {
  return series.map(({ label, style }) => ({ label, color: colorOf(style, colors), dash: dashOf(style) }));
}

function legendRows(context: CanvasRenderingContext2D, entries: readonly LegendEntry[], width: number): { entry: LegendEntry; x: number }[][] {
  const rows: { entry: LegendEntry; x: number }[][] = [];
  let x = Infinity;
  for (const entry of entries) {
    const own = context.measureText(entry.label).width + 48;
    if (x + own > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ entry, x });
    x += own;
  }
  return rows;
}

function drawEntry(context: CanvasRenderingContext2D, { label, color, dash }: LegendEntry, x: number, y: number, colors: ThemeColors): void {
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + 24, y);
  context.stroke();
  context.fillStyle = colors.foreground;
  context.fillText(label, x + 30, y);
}

/** The points of series in a range: a line each x, a column each series, with its interval where it has one. */
export function csvOf(series: readonly LineSeries[], range: Range, axis: Axis): Uint8Array {
  const head = [axis.kind === 'duration' ? `${axis.label} (ms)` : axis.label, ...series.flatMap(({ label, curve }) => (curve.low ? [label, `${label}, low`, `${label}, high`] : [label]))];
  const lines = [csvLine(head)];
  for (const x of placesWithin(series, range)) {
    const cells = series.flatMap((one) => {
      const { y, low, high } = one.curve;
      const at = placeOf(one, x);
      return (low && high ? [y, low, high] : [y]).map((column) => column[at] ?? NaN);
    });
    lines.push(csvLine([x, ...cells]));
  }
  return new TextEncoder().encode(lines.join(''));
}

import { tInterval } from '../../../src/mil/statistics/index.js';
import { escape } from '../../../src/report/html/text.js';
import type { Outcome } from './outcome.js';
import { base, variants } from './variants.js';

const panels = { slideAuroc: 'Slide AUROC', patchAuroc: 'Patch AUROC', patchPrecision: 'Patch average precision', falseAlarms: 'False alarms at 80 % found' } as const;
const [left, width, gap, row, top] = [230, 170, 24, 20, 46];

const style = `
text { font: 12px system-ui, sans-serif; fill: #1d2126; } .soft { fill: #5b636d; } .head { font-weight: 600; }
line, path { stroke: #1f5fbf; stroke-width: 2; fill: none; } circle { fill: #1f5fbf; } .zero { stroke: #6b7480; stroke-width: 1; stroke-dasharray: 3 3; } .page { fill: #fbfbfa; }
@media (prefers-color-scheme: dark) { text { fill: #e8eaed; } .soft { fill: #a3acb7; } line, path { stroke: #7db0ff; } circle { fill: #7db0ff; } .zero { stroke: #98a2ae; } .page { fill: #15181c; } }`;

/** What each variant changes beside the base, seed by seed: mean and 95 % t interval, a panel a metric, as an SVG. */
export function figure(outcomes: ReadonlyMap<string, readonly Outcome[]>): string {
  const reference = outcomes.get(base.name)!;
  const shown = variants.filter(({ name }) => name !== base.name && (outcomes.get(name)?.length ?? 0) > 1);
  const rows = shown.flatMap(({ name, group }, i) => (shown[i - 1]?.group === group ? [{ name }] : [{ group }, { name }]));
  const isBase = (name: string) => (Object.keys(panels) as (keyof typeof panels)[]).every((key) => differences(outcomes.get(name)!, reference, key).every((difference) => difference === 0));
  const y = (index: number) => top + index * row + row / 2;
  const names = rows.map((one, i) => (one.name === undefined ? text(8, y(i), one.group, 'soft') : text(20, y(i), isBase(one.name) ? `${one.name}, the base` : one.name)));
  const drawn = (Object.keys(panels) as (keyof typeof panels)[]).map((key, panel) => {
    const x0 = left + panel * (width + gap);
    const all = rows.map(({ name }) => (name === undefined ? undefined : tInterval(differences(outcomes.get(name)!, reference, key), 0.95)));
    const reach = 1.05 * Math.max(0.001, ...all.flatMap((one) => (one ? [Math.abs(one.low!), Math.abs(one.high!)] : [])));
    const x = (value: number) => Math.round(x0 + width * (0.5 + value / reach / 2));
    const marks = all.map((one, i) => (one ? `<path d="M${x(one.low!)} ${y(i)}H${x(one.high!)}"/><circle cx="${x(one.mean!)}" cy="${y(i)}" r="4"/>` : ''));
    const end = y(rows.length - 1) + row / 2;
    return [
      text(x0 + width / 2, 18, panels[key], 'head', 'middle'),
      `<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="${top - 6}" y2="${end}"/>`,
      ...([[-reach, 'start'], [0, 'middle'], [reach, 'end']] as const).map(([value, anchor]) => text(x(value), 36, `${value > 0 ? '+' : ''}${value.toFixed(2).replace('-', '−')}`, 'soft', anchor)),
      ...marks,
    ].join('');
  });
  const size = [left + 4 * (width + gap), y(rows.length) + 4];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(' ')}" width="${size[0]}" role="img"><title>Differences to the base over ${reference.length} seeds</title><style>${style}</style><rect class="page" width="100%" height="100%"/>${names.join('')}${drawn.join('')}</svg>\n`;
}

function differences(of: readonly Outcome[], reference: readonly Outcome[], key: keyof typeof panels): number[] {
  return of.map((outcome, i) => outcome[key] - reference[i]![key]);
}

function text(x: number, y: number, content: string, name = '', anchor = 'start'): string {
  return `<text class="${name}" x="${x}" y="${y}" dominant-baseline="middle" text-anchor="${anchor}">${escape(content)}</text>`;
}

import { escape } from '../../../report/html/text.js';
import { fewestUnits } from '../../../shared/run/too-few.js';
import type { StudySummary } from '../../../shared/study/summary.js';

const width = 640;
const left = 130;
const right = 24;
const rowHeight = 24;

/** Every run's test AUROC as a dot, a line a fold (or seed), and the mean with its interval below: all values, none singled out. */
export function dotChart({ folds, seeds, members }: StudySummary): string {
  const over = folds ?? seeds;
  const auroc = over?.metrics.auroc;
  if (!over || !auroc || auroc.mean === null) return '';
  const dots = members.flatMap(({ repeat, fold, seed, test }) => (test?.auroc.value == null ? [] : [{ unit: folds ? unitOf(members, repeat, fold) : seedsOf(members).indexOf(seed), value: test.auroc.value }]));
  const interval = auroc.low === null || auroc.high === null || auroc.n < fewestUnits ? undefined : { from: auroc.low, to: auroc.high };
  const values = [...dots.map(({ value }) => value), interval?.from ?? auroc.mean];
  const low = Math.max(0, Math.floor(Math.min(...values) * 10) / 10);
  const high = 1.02;
  const x = (value: number): string => (left + ((Math.min(Math.max(value, low), high) - low) / (high - low)) * (width - left - right)).toFixed(1);
  const y = (row: number): number => 16 + row * rowHeight;
  const ticks = Array.from({ length: Math.round((high - low) * 10) + 1 }, (_, i) => low + i / 10).filter((tick) => tick <= 1.0001);
  const bottom = y(over.units.length) + rowHeight;
  const text = (at: string | number, top: number, anchor: string, content: string): string => `<text class="tick" x="${at}" y="${top}" text-anchor="${anchor}">${escape(content)}</text>`;
  return [
    `<figure class="chart"><svg viewBox="0 0 ${width} ${bottom + 40}" role="img" aria-label="${escape(`Test AUROC of each run: ${dots.map(({ value }) => value.toFixed(3)).join(', ')}; mean ${auroc.mean.toFixed(3)}`)}">`,
    ...ticks.map((tick) => `<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="4" y2="${bottom}"/>${text(x(tick), bottom + 16, 'middle', tick.toFixed(1))}`),
    ...over.units.map((unit, row) => text(left - 12, y(row) + 4, 'end', unit)),
    ...dots.map(({ unit, value }) => `<circle class="dot s0" cx="${x(value)}" cy="${y(unit)}" r="5"/>`),
    text(left - 12, y(over.units.length) + 4, 'end', 'mean'),
    ...(interval === undefined ? [] : [`<line class="whisker s1" x1="${x(interval.from)}" x2="${x(Math.min(1, interval.to))}" y1="${y(over.units.length)}" y2="${y(over.units.length)}"/>`]),
    `<circle class="dot s1" cx="${x(auroc.mean)}" cy="${y(over.units.length)}" r="6"/>`,
    `<text class="axis" x="${(left + width - right) / 2}" y="${bottom + 36}" text-anchor="middle">Test AUROC</text>`,
    `</svg><figcaption>Each dot is one run on its own test slides. ${interval ? 'The line is the interval of the mean, cut at 1.' : 'There are too few values for an interval of the mean.'}</figcaption></figure>`,
  ].join('\n');
}

function unitOf(members: StudySummary['members'], repeat: number, fold: number | null): number {
  const parts = [...new Set(members.map((member) => `${member.repeat}/${member.fold}`))];
  return parts.indexOf(`${repeat}/${fold}`);
}

function seedsOf(members: StudySummary['members']): number[] {
  return [...new Set(members.map(({ seed }) => seed))];
}

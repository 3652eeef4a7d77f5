import type { Judgement } from './format.js';
import { judgementLine } from './line.js';

/**
 * The judgements that stand: of each square the latest, unless it takes the others back; by slide, then row
 * by row. Times decide, not the order of the lines, so a file means the same however git has merged it.
 */
export function standingJudgements(judgements: readonly Judgement[]): Judgement[] {
  const latest = new Map<string, Judgement>();
  for (const judgement of judgements) {
    const key = JSON.stringify([judgement.slide, judgement.x, judgement.y, judgement.size]);
    const known = latest.get(key);
    if (!known || compareTimes(judgement, known) >= 0) latest.set(key, judgement);
  }
  return [...latest.values()].filter(({ verdict }) => verdict !== 'none').sort(comparePlaces);
}

/** Earlier first; what was said at the same millisecond, in the order of its text. */
export function compareTimes(a: Judgement, b: Judgement): number {
  return Date.parse(a.time) - Date.parse(b.time) || compareText(judgementLine(a), judgementLine(b));
}

function comparePlaces(a: Judgement, b: Judgement): number {
  return compareText(a.slide, b.slide) || a.y - b.y || a.x - b.x || a.size - b.size;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

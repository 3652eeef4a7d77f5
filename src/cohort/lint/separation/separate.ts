import { logTail } from './hypergeometric.js';

/** How well one property tells positive patients from negative ones. */
export interface Separation {
  /** Correlation of the best two-way rule with the label (Matthews), 0–1. */
  readonly correlation: number;
  /** ln of a bound on the chance that labels in any order would be told apart so well: exact test × rules that were tried. */
  readonly logChance: number;
}

/** A property tells the label when its best rule is this good … */
const nearlyPerfect = 0.9;
/** … and so good by chance in less than one of twenty cohorts, all properties that were tried taken together. */
const logRare = Math.log(0.05);

/** Whether a property tells the label. @param tried how many properties were looked at. */
export function tells({ correlation, logChance }: Separation, tried: number): boolean {
  return correlation >= nearlyPerfect && logChance + Math.log(Math.max(1, tried)) < logRare;
}

/** The one least likely by chance. */
export function strongest(separations: readonly Separation[]): Separation | undefined {
  return separations.reduce<Separation | undefined>((best, one) => (best && best.logChance <= one.logChance ? best : one), undefined);
}

/**
 * The rule that gives each value the class most of its patients have. A value one patient has says nothing of others:
 * such patients count as a coin would call them, so that ids do not look like knowledge.
 * @param positive whether each patient is positive.
 */
export function separationByValue(values: readonly unknown[], positive: readonly boolean[]): Separation {
  const counts = new Map<unknown, [negative: number, positive: number]>();
  values.forEach((value, i) => {
    const count = counts.get(value);
    if (count) count[positive[i] ? 1 : 0]++;
    else counts.set(value, positive[i] ? [0, 1] : [1, 0]);
  });
  const shared = [...counts.values()].filter(([a, b]) => a + b > 1);
  if (shared.length < 2) return nothing;
  const alone = [...counts.values()].filter(([a, b]) => a + b === 1);
  const [hits, misses] = [1, 0].map((b) => Math.floor(alone.filter((count) => count[1] === b).length / 2));
  const called = shared.filter(([a, b]) => b > a);
  const sum = (of: (count: readonly [number, number]) => number): number => called.reduce((total, count) => total + of(count), 0);
  return judge({ called: sum(([a, b]) => a + b) + hits + misses, hits: sum(([, b]) => b) + hits, marked: positive.filter(Boolean).length, total: positive.length }, shared.length * Math.LN2);
}

/** The cut that tells best, in either direction. NaN is left out. */
export function separationByNumber(values: readonly number[], positive: readonly boolean[]): Separation {
  const order = values.flatMap((value, i) => (Number.isNaN(value) ? [] : [i])).sort((a, b) => values[a] - values[b]);
  const total = order.length;
  const marked = order.filter((i) => positive[i]).length;
  let best: Cut = { called: 0, hits: 0, marked, total };
  let cuts = 0;
  let below = 0;
  order.forEach((i, rank) => {
    below += positive[i] ? 1 : 0;
    if (rank + 1 === total || values[order[rank + 1]] === values[i]) return;
    cuts++;
    for (const cut of [{ called: rank + 1, hits: below, marked, total }, { called: total - rank - 1, hits: marked - below, marked, total }]) if (correlationOf(cut) > correlationOf(best)) best = cut;
  });
  // Without a mistake only one cut in either direction can be: as many as there are of a class.
  return cuts === 0 ? nothing : judge(best, Math.log(2 * (isPerfect(best) ? 1 : cuts)));
}

/** Patients that have a property against those that have not. */
export function separationByMark(has: readonly boolean[], positive: readonly boolean[]): Separation {
  const called = has.filter(Boolean).length;
  const hits = has.filter((value, i) => value && positive[i]).length;
  const marked = positive.filter(Boolean).length;
  const total = positive.length;
  const [yes, no] = [{ called, hits, marked, total }, { called: total - called, hits: marked - hits, marked, total }];
  return judge(correlationOf(yes) >= correlationOf(no) ? yes : no, Math.LN2);
}

/** How many a rule calls positive, and how many of them are. */
interface Cut {
  readonly called: number;
  readonly hits: number;
  /** Positive patients, and all. */
  readonly marked: number;
  readonly total: number;
}

const nothing: Separation = { correlation: 0, logChance: 0 };

function judge(cut: Cut, logTried: number): Separation {
  return { correlation: correlationOf(cut), logChance: Math.min(0, logTail(cut.hits, cut.called, cut.marked, cut.total) + logTried) };
}

function isPerfect({ called, hits, marked }: Cut): boolean {
  return called === marked && hits === marked;
}

function correlationOf({ called, hits, marked, total }: Cut): number {
  const spread = Math.sqrt(called * (total - called) * marked * (total - marked));
  return spread === 0 ? 0 : (total * hits - called * marked) / spread;
}

import { twoSidedP } from '../../../mil/statistics/distributions.js';

/** Up to so many values the distribution is counted out; beyond, the normal one is as good. */
const counted = 60;

/**
 * Chance that positives rank as low among negatives as they do, or lower, were they drawn alike: the one-sided rank-sum test
 * of Mann & Whitney (1947). A tie counts for the positives, so that ties never make a finding.
 */
export function chanceOfRanking(positives: readonly number[], negatives: readonly number[]): number {
  const [m, n] = [positives.length, negatives.length];
  if (m === 0 || n === 0) return 1;
  const wins = positives.reduce((sum, value) => sum + negatives.filter((other) => other <= value).length, 0);
  return m + n <= counted ? exact(wins, m, n) : normal(wins, m, n);
}

/** Share of the orders of m and n values in which at most `wins` pairs are right. Counted by who comes last, as Mann & Whitney do. */
function exact(wins: number, m: number, n: number): number {
  // orders[j][u]: orders of i positives and j negatives with u pairs right, for the i at hand.
  let orders = Array.from({ length: n + 1 }, () => [1]);
  for (let i = 1; i <= m; i++) {
    const next: number[][] = [[1]];
    for (let j = 1; j <= n; j++) {
      // The last is a positive, which all j negatives are below, or a negative.
      next.push(Array.from({ length: i * j + 1 }, (_, u) => (orders[j]![u - j] ?? 0) + (next[j - 1]![u] ?? 0)));
    }
    orders = next;
  }
  const ways = orders[n]!;
  const all = ways.reduce((sum, count) => sum + count, 0);
  return ways.slice(0, wins + 1).reduce((sum, count) => sum + count, 0) / all;
}

function normal(wins: number, m: number, n: number): number {
  const z = (wins + 0.5 - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12);
  return z >= 0 ? 1 - twoSidedP(z) / 2 : twoSidedP(z) / 2;
}

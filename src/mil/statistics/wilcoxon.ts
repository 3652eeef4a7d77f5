import { twoSidedP } from './distributions.js';
import { midranks } from './placements.js';

/** Up to so many pairs p is exact. */
const exactUpTo = 200;
/** Differences so near to one another, as a share of the largest value, are the same: what rounding leaves of 0.9 − 0.8 and 0.8 − 0.7. */
const sameWithin = 1e-12;

export interface SignedRank {
  /** Pairs that differ; the others are left out, as Wilcoxon did. */
  readonly n: number;
  readonly equal: number;
  /** The smaller of the sums of ranks of either sign. */
  readonly statistic: number;
  /** Two-sided. With n < 6 it cannot fall below 0.05. */
  readonly p: number;
  readonly exact: boolean;
}

/**
 * Wilcoxon's signed-rank test of paired values, such as two models over the same folds. p is exact up to 200 pairs,
 * ties of ranks counted as they are; beyond, normal with the variance corrected for ties.
 */
export function wilcoxon(a: readonly number[], b: readonly number[]): SignedRank {
  const largest = [...a, ...b].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const grain = largest === 0 ? 1 : sameWithin * largest;
  const all = a.map((value, i) => Math.round((value - b[i]!) / grain));
  const differences = all.filter((difference) => difference !== 0);
  const n = differences.length;
  const ranks = midranks(differences.map(Math.abs));
  const positive = ranks.reduce((sum, rank, i) => sum + (differences[i]! > 0 ? rank : 0), 0);
  const statistic = Math.min(positive, (n * (n + 1)) / 2 - positive);
  const exact = n <= exactUpTo;
  return { n, equal: all.length - n, statistic, p: n === 0 ? 1 : exact ? exactP(ranks, statistic) : normalP(ranks, statistic), exact };
}

/** Twice the chance of a rank sum of at most `statistic` when each sign is a coin. */
function exactP(ranks: Float64Array, statistic: number): number {
  // Midranks are halves: twice a rank is whole.
  const doubled = Uint32Array.from(ranks, (rank) => 2 * rank);
  const chance = new Float64Array(doubled.reduce((sum, rank) => sum + rank, 0) + 1);
  chance[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum--) chance[sum] = (chance[sum]! + (sum >= rank ? chance[sum - rank]! : 0)) / 2;
  }
  return Math.min(1, 2 * chance.subarray(0, 2 * statistic + 1).reduce((sum, value) => sum + value, 0));
}

function normalP(ranks: Float64Array, statistic: number): number {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return twoSidedP((statistic - mean) / Math.sqrt(variance));
}

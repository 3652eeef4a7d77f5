import { readFileSync } from 'node:fs';

interface Sample {
  readonly labels: number[];
}

/** What `test/golden/statistics/make.py` wrote. */
export interface StatisticsGolden {
  readonly delong: readonly (Sample & { a: number[]; b: number[]; patients: string[]; aurocs: number[]; covariance: number[][]; interval: [number, number]; difference: [number, number, number, number] })[];
  readonly t: readonly { values: number[]; ratio: number; sd: number; mean: number; plain: [number, number]; corrected: [number, number] }[];
  readonly wilson: readonly { count: number; of: number; level: number; interval: [number, number] }[];
  readonly wilcoxon: readonly { a: number[]; b: number[]; statistic: number; p: number }[];
  readonly multiple: { p: number[]; holm: number[]; bh: number[] };
  readonly calibration: readonly (Sample & { probabilities: number[]; slope: [number, number, number]; intercept: [number, number, number]; width: Bins; mass: Bins })[];
  readonly normal: { z: number[]; p: number[]; level: number[]; reach: number[] };
}

interface Bins {
  readonly predicted: number[];
  readonly observed: number[];
  readonly ece: number;
}

export const golden = JSON.parse(readFileSync(new URL('../../../golden/statistics/statistics.json', import.meta.url), 'utf8')) as StatisticsGolden;

/** Asserts that numbers are the same to `digits` after the point. */
export function close(found: readonly (number | null)[], wanted: readonly number[], digits = 10): string | true {
  if (found.length !== wanted.length) return `${found.length} numbers instead of ${wanted.length}`;
  const wrong = found.findIndex((value, i) => value === null || !(Math.abs(value - wanted[i]!) <= 10 ** -digits));
  return wrong < 0 ? true : `number ${wrong} is ${found[wrong]}, not ${wanted[wrong]}`;
}

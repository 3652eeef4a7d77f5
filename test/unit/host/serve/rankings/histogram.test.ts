import { describe, expect, it } from 'vitest';
import { logitHistogram, probabilityHistogram } from '../../../../../src/host/serve/rankings/histogram.js';
import type { ScoredSlide } from '../../../../../src/host/serve/rankings/scored-split.js';
import type { ScoreTable } from '../../../../../src/shared/run/parquet.js';

const table = (logit: readonly number[]) => ({ logit: Float32Array.from(logit), score: Float32Array.from(logit, (x) => 1 / (1 + Math.exp(-x))) }) as unknown as ScoreTable;
const slide = (label: 0 | 1, start: number, end: number) => ({ label, start, end }) as ScoredSlide;
const sum = (counts: Int32Array) => counts.reduce((total, count) => total + count, 0);

describe('histograms of scores', () => {
  it('count the patches of either class in the same bins of a round width', () => {
    const { start, width, positive, negative } = logitHistogram(table([-3, -2.95, 0, 2.9, 3]), [slide(1, 0, 2), slide(0, 2, 5)]);
    expect([start, width]).toEqual([-3, 0.1]);
    expect(positive[0]).toBe(2);
    expect(negative[30]).toBe(1);
    expect([sum(positive), sum(negative)]).toEqual([2, 3]);
  });

  it('put what is infinite at the ends, leave out what is no number, and pass over other slides', () => {
    const { positive, negative } = logitHistogram(table([-Infinity, 0, 1, Infinity, NaN, 7]), [slide(1, 0, 5)]);
    expect([positive[0], positive.at(-1), sum(positive), sum(negative)]).toEqual([2, 2, 4, 0]);
  });

  it('hold patches that are all alike, and none', () => {
    expect(sum(logitHistogram(table([2, 2]), [slide(0, 0, 2)]).negative)).toBe(2);
    expect(sum(logitHistogram(table([]), []).negative)).toBe(0);
  });

  it('have an edge at every probability of two even digits', () => {
    const { start, width, positive } = probabilityHistogram(table([-50, 50]), [slide(1, 0, 2)]);
    expect([start, width, positive.length]).toEqual([0, 0.02, 50]);
    expect([positive[0], positive[49]]).toEqual([1, 1]);
  });
});

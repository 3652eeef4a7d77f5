import { describe, expect, it } from 'vitest';
import type { RoundMetrics } from '../../../src/shared/run/metrics.js';
import { selectRound } from '../../../src/training/select-round.js';

function round(number: number, auroc: number | null, loss: number): RoundMetrics {
  return { round: number, validation: { auroc: { value: auroc, low: null, high: null }, loss } } as unknown as RoundMetrics;
}

describe('selectRound', () => {
  it('takes the highest validation AUROC', () => {
    expect(selectRound([round(1, 0.8, 0.1), round(2, 0.9, 0.5), round(3, 0.7, 0.1)]).round).toBe(2);
  });

  it('breaks ties by the lower cross-entropy, then by the earlier round', () => {
    expect(selectRound([round(1, 0.9, 0.3), round(2, 0.9, 0.2), round(3, 0.9, 0.2)]).round).toBe(2);
  });

  it('never prefers an undefined AUROC', () => {
    expect(selectRound([round(1, null, 0), round(2, 0.5, 1)]).round).toBe(2);
  });
});

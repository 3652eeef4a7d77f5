import { describe, expect, it } from 'vitest';
import type { Bag } from '../../../src/training/bag.js';
import { highestPatchAuroc, patchScoresWarning } from '../../../src/training/patch-scores.js';
import type { BagScores } from '../../../src/training/scores.js';

const scored = (label: 0 | 1, logits: number[]) => ({ bag: { label } as Bag, logits: Float32Array.from(logits) }) as unknown as BagScores;

describe('AUROC by the highest patch', () => {
  it('ranks slides by their highest patch alone', () => {
    expect(highestPatchAuroc([scored(1, [-5, 2]), scored(1, [0.5]), scored(0, [1, 0.9, 0.8]), scored(0, [-1])])).toBe(0.75);
    expect(highestPatchAuroc([scored(1, [1])])).toBeNull();
  });
});

describe('the warning of patch scores', () => {
  const warning = (byPatch: number | null, bySlide: number | null, aSide: number, restarts = 0) => patchScoresWarning({ round: 2, byPatch, bySlide, labels: Array.from({ length: 20 + aSide }, (_, i) => (i < aSide ? 1 : 0)), restarts });

  it('comes where slides are told well and their highest patches are not', () => {
    expect(warning(0.4, 0.93, 5)).toMatch(/round 2 .*AUROC 0\.40, by the whole slide with 0\.93/);
    expect(warning(0.55, 0.6, 9)).toBeUndefined();
    expect(warning(0.8, 0.99, 9)).toBeUndefined();
    expect(warning(null, 0.9, 9)).toBeUndefined();
  });

  it('stays away where a few slides make an AUROC', () => {
    expect(warning(0, 1, 4)).toBeUndefined();
    expect(warning(0, 1, 5)).toBeDefined();
  });

  it('names restarts only where there are none yet', () => {
    expect(warning(0.4, 0.93, 5)).toContain('Try "optimizer.restarts"');
    expect(warning(0.4, 0.93, 5, 4)).not.toContain('restarts');
  });
});

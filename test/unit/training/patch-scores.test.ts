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
  it('comes where slides are told well and their highest patches are not', () => {
    expect(patchScoresWarning(2, 0.4, 0.93, 5)).toMatch(/round 2 .*AUROC 0\.40, by the whole slide with 0\.93/);
    expect(patchScoresWarning(1, 0.55, 0.6, 9)).toBeUndefined();
    expect(patchScoresWarning(1, 0.8, 0.99, 9)).toBeUndefined();
    expect(patchScoresWarning(1, null, 0.9, 9)).toBeUndefined();
  });

  it('stays away where a few slides make an AUROC', () => {
    expect(patchScoresWarning(1, 0, 1, 1)).toBeUndefined();
  });
});

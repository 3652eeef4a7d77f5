import { expect, it } from 'vitest';
import { patchesOfSlide } from '../../../../../src/host/serve/slides/patches.js';
import type { ScoreTable } from '../../../../../src/shared/run/parquet.js';

const table: ScoreTable = {
  slide: ['a', 'b', 'b', 'c'],
  split: ['train', 'train', 'train', 'train'],
  label: Int32Array.of(0, 1, 1, 0),
  x: Float64Array.of(0, 64, 128.5, NaN),
  y: Float64Array.of(0, 32, 32, NaN),
  size: Float64Array.of(64, 64, 64, NaN),
  score: Float32Array.of(0.1, 0.25, 0.75, 0.5),
  logit: new Float32Array(4),
  attention: Float32Array.of(1, 0.25, 0.75, 1),
  rank: Int32Array.of(1, 2, 1, 1),
  role: ['none', 'positive', 'hard-negative', 'none'],
  truth: Int32Array.of(-1, 1, 0, -1),
};

it('takes the rows of one slide', () => {
  expect(patchesOfSlide(table, 'b')).toEqual({
    x: Float64Array.of(64, 128.5),
    y: Float64Array.of(32, 32),
    size: Float64Array.of(64, 64),
    score: Float32Array.of(0.25, 0.75),
    attention: Float32Array.of(0.25, 0.75),
    rank: Int32Array.of(2, 1),
    role: Uint8Array.of(1, 2),
    truth: Int8Array.of(1, 0),
  });
});

it('says why there is nothing to draw', () => {
  expect(() => patchesOfSlide(table, 'z')).toThrow(/No patch of this slide was scored/);
  expect(() => patchesOfSlide(table, 'c')).toThrow(/no coordinates/);
});

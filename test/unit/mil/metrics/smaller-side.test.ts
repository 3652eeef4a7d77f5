import { describe, expect, it } from 'vitest';
import { slideMetrics, smallerSide } from '../../../../src/mil/metrics/index.js';
import { Random } from '../../../../src/shared/random.js';

describe('the smaller side', () => {
  it('counts patients, each once, on both sides where they have slides of both', () => {
    expect(smallerSide(['a', 'a', 'b', 'c', 'c'], [[1, 1, 1, 0, 1]])).toEqual({ smallerSide: 1 });
    expect(smallerSide(['a', 'b', 'c'], [[1, 0, 0], [1, 1, 1]])).toEqual({ smallerSide: 1 });
  });

  it('is that of those who are there, where a side is empty', () => {
    expect(smallerSide(['a', 'b'], [[0, 0]])).toEqual({ smallerSide: 2 });
    expect(smallerSide([], [[]])).toEqual({});
  });

  it('stands beside the metrics of a split', () => {
    const slides = ['a', 'b', 'c', 'c'].map((patient, i) => ({ patient, label: (i < 2 ? 1 : 0) as 0 | 1, probability: 0.5 }));
    expect(slideMetrics(slides, 0.5, null, { resamples: 10, level: 0.95, random: new Random(1) })).toMatchObject({ patients: 3, smallerSide: 1 });
  });
});

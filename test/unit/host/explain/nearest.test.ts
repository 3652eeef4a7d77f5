import { describe, expect, it } from 'vitest';
import { cosineDistances, Nearest } from '../../../../src/host/explain/nearest.js';

describe('cosine distances', () => {
  it('tell angles apart, not lengths', () => {
    const rows = Float32Array.from([3, 0, 0, 5, -2, 0, 1, 1, 0, 0]);
    const [same, right, opposite, half, nothing] = cosineDistances(Float32Array.from([2, 0]), rows);
    expect([same, right, opposite, nothing]).toEqual([0, 1, 2, 1]);
    expect(half).toBeCloseTo(1 - Math.SQRT1_2, 12);
  });

  it('of a vector without a direction are all 1', () => {
    expect([...cosineDistances(new Float32Array(2), Float32Array.from([1, 0, 0, 0]))]).toEqual([1, 1]);
  });
});

describe('the nearest', () => {
  it('keep the order of the rows among equals, and drop the farthest', () => {
    const nearest = new Nearest(3);
    for (const [row, distance] of [0.5, 0.2, 0.5, 0.2, 0.5, 0.1].entries()) nearest.offer(row, distance);
    expect(nearest.found.map(({ row }) => row)).toEqual([5, 1, 3]);
  });
});

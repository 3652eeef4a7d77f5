import { describe, expect, it } from 'vitest';
import { kMeans, nearestCentres } from '../../../src/mining/index.js';
import { Random } from '../../../src/shared/random.js';

/** `each` rows around each of some points of the plane. */
function clouds(points: readonly (readonly [number, number])[], each: number, spread: number): Float32Array {
  const random = new Random(3);
  return Float32Array.from(points.flatMap(([x, y]) => Array.from({ length: each }, () => [x + spread * random.normal(), y + spread * random.normal()]).flat()));
}

describe('k-means', () => {
  const points = [[0, 0], [10, 0], [0, 10], [10, 10]] as const;

  it('finds the centres of clouds that lie apart, whatever the seed', () => {
    const rows = clouds(points, 40, 0.5);
    for (const seed of [1, 2, 3, 4, 5]) {
      const centres = kMeans(rows, 2, 4, new Random(seed));
      const found = Array.from({ length: 4 }, (_, i) => [Math.round(centres[2 * i]!), Math.round(centres[2 * i + 1]!)].join());
      expect(found.sort()).toEqual(points.map((point) => point.join()).sort());
      const clusters = nearestCentres(rows, 2, centres);
      for (let cloud = 0; cloud < 4; cloud++) expect(new Set(clusters.subarray(40 * cloud, 40 * (cloud + 1))).size).toBe(1);
    }
  });

  it('ends where no row is nearer to another centre, and each centre is the mean of its rows', () => {
    const rows = clouds([[0, 0]], 300, 1);
    const centres = kMeans(rows, 2, 5, new Random(1));
    const clusters = nearestCentres(rows, 2, centres);
    for (let cluster = 0; cluster < 5; cluster++) {
      const own = [...clusters.keys()].filter((row) => clusters[row] === cluster);
      for (const axis of [0, 1]) expect(own.reduce((sum, row) => sum + rows[2 * row + axis]!, 0) / own.length).toBeCloseTo(centres[2 * cluster + axis]!, 9);
    }
  });

  it('gives the same bits for the same seed', () => {
    const rows = clouds(points, 30, 4);
    expect(kMeans(rows, 2, 6, new Random(8))).toEqual(kMeans(rows, 2, 6, new Random(8)));
  });

  it('has no more centres than there are different rows', () => {
    expect(kMeans(Float32Array.of(1, 1, 1, 1, 2, 2), 2, 5, new Random(1))).toHaveLength(4);
  });
});

import { describe, expect, it } from 'vitest';
import { pyramidOf, tileAt, tileEdge, tileOverlap } from '../../../src/shared/pyramid.js';

describe('pyramid', () => {
  it.each([
    [1, 1, 0],
    [512, 300, 0],
    [513, 300, 1],
    [5003, 3701, 4],
    [100_000, 90_000, 8],
  ])('halves %i × %i until one tile holds it', (width, height, lastLevel) => {
    const pyramid = pyramidOf(width, height);
    expect(pyramid.lastLevel).toBe(lastLevel);
    expect(tileAt(pyramid, 0, 0, 0)?.region).toEqual({ x: 0, y: 0, width, height });
    expect(tileAt(pyramid, 0, 1, 0)).toBeUndefined();
  });

  it('covers each level without a gap, each tile at whole pixels of its level', () => {
    const pyramid = pyramidOf(5003, 3701);
    for (let level = 0; level <= pyramid.lastLevel; level++) {
      const scale = 2 ** (pyramid.lastLevel - level);
      let reached = 0;
      for (let column = 0; ; column++) {
        const tile = tileAt(pyramid, level, column, 0);
        if (!tile) break;
        expect(Number.isInteger(tile.region.x / scale)).toBe(true);
        expect(tile.region.x).toBe(column === 0 ? 0 : (column * tileEdge - tileOverlap) * scale);
        expect(tile.region.x).toBeLessThanOrEqual(reached);
        expect(tile.width).toBe(Math.ceil(tile.region.width / scale));
        reached = tile.region.x + tile.region.width;
      }
      expect(reached).toBe(5003);
    }
  });

  it.each([[-1, 0, 0], [5, 0, 0], [4, -1, 0], [4, 0.5, 0], [4, 10, 0], [4, 0, 8], [NaN, 0, 0]])('has no tile %f/%f/%f', (level, column, row) => {
    expect(tileAt(pyramidOf(5003, 3701), level, column, row)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { crop } from '../../../../src/encoders/augment/crop.js';
import { flip } from '../../../../src/encoders/augment/flip.js';
import { createGrid, reverse, sample, spread } from '../../../../src/encoders/augment/grid.js';
import { quarterTurn, rotate } from '../../../../src/encoders/augment/rotate.js';
import { Random } from '../../../../src/shared/random.js';

const size = 6;
/** Red holds the column, green the row. */
const patch = Uint8Array.from({ length: 3 * size * size }, (_, i) => [Math.floor(i / 3) % size, Math.floor(i / 3 / size), 7][i % 3] * 10);
const wholeGrid = () => {
  const grid = createGrid(size);
  spread(grid.columns, 0, size, 3);
  spread(grid.rows, 0, size, 3 * size);
  return grid;
};
const read = (grid: ReturnType<typeof createGrid>) => {
  const image = new Float32Array(patch.length);
  sample(patch, 0, grid, image);
  return (row: number, column: number) => [image[3 * (row * size + column)] / 10, image[3 * (row * size + column) + 1] / 10];
};

describe('the sampling grid', () => {
  it('leaves a patch as it is when it covers the whole', () => {
    const image = new Float32Array(patch.length);
    sample(patch, 0, wholeGrid(), image);
    expect(Array.from(image)).toEqual(Array.from(patch));
  });

  it('reads from an offset', () => {
    const image = new Float32Array(patch.length);
    sample(Uint8Array.from([1, 2, 3, ...patch]), 3, wholeGrid(), image);
    expect(Array.from(image)).toEqual(Array.from(patch));
  });

  it('interpolates between pixel centres', () => {
    const grid = createGrid(size);
    spread(grid.columns, 2, 3, 3);
    spread(grid.rows, 0, size, 3 * size);
    const at = read(grid);
    expect(at(0, 0)[0]).toBeCloseTo(1.75);
    expect(at(0, 5)[0]).toBeCloseTo(4.25);
    expect(at(3, 2)[1]).toBeCloseTo(3);
  });

  it('mirrors and turns', () => {
    const mirrored = wholeGrid();
    reverse(mirrored.columns);
    expect(read(mirrored)(1, 0)).toEqual([5, 1]);
    const turned = wholeGrid();
    quarterTurn(turned);
    // Counter-clockwise: the right edge becomes the top one.
    expect(read(turned)(0, 0)).toEqual([5, 0]);
    expect(read(turned)(0, 5)).toEqual([5, 5]);
    expect(read(turned)(5, 0)).toEqual([0, 0]);
  });

  it('comes back after four quarter turns', () => {
    const grid = wholeGrid();
    for (let i = 0; i < 4; i++) quarterTurn(grid);
    expect(read(grid)(2, 4)).toEqual([4, 2]);
  });

  it('turns a mirrored patch as a mirrored patch', () => {
    const grid = wholeGrid();
    reverse(grid.columns);
    quarterTurn(grid);
    expect(read(grid)(0, 0)).toEqual([0, 0]);
    expect(read(grid)(5, 0)).toEqual([5, 0]);
  });
});

describe('random geometry', () => {
  it('crops nothing at [1, 1]', () => {
    const grid = createGrid(size);
    crop(grid, [1, 1], new Random(3));
    expect(read(grid)(4, 2)).toEqual([2, 4]);
  });

  it('keeps crops inside the patch with the area asked for', () => {
    const large = createGrid(224);
    const random = new Random(5);
    for (let i = 0; i < 300; i++) {
      crop(large, [0.3, 0.5], random);
      const extent = ({ low, weight }: typeof large.rows, stride: number) => ((low[223] / stride + weight[223] - low[0] / stride - weight[0]) * 224) / 223;
      const area = (extent(large.rows, 3 * 224) * extent(large.columns, 3)) / 224 ** 2;
      expect(area).toBeGreaterThan(0.29);
      expect(area).toBeLessThan(0.51);
      expect(Math.max(...large.rows.high)).toBeLessThan(3 * 224 * 224);
      expect(Math.min(...large.columns.low)).toBeGreaterThanOrEqual(0);
    }
  });

  it('draws every flip and every turn, and the same ones from the same seed', () => {
    const corners = (seed: number) => {
      const grid = wholeGrid();
      const random = new Random(seed);
      flip(grid, random);
      rotate(grid, random);
      return read(grid)(0, 0).join() + read(grid)(0, 5).join();
    };
    expect(new Set(Array.from({ length: 100 }, (_, seed) => corners(seed))).size).toBe(8);
    expect(corners(11)).toBe(corners(11));
  });
});

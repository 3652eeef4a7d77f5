import { expect, it } from 'vitest';
import { outlineMask } from '../../../../src/slides/tissue/outline.js';

/** Rings of a mask drawn with `#`, as lists of corners. */
function ringsOf(rows: readonly string[], scale = 1): number[][][] {
  const data = Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0));
  const { points, starts } = outlineMask({ data, width: rows[0]!.length, height: rows.length, scaleX: scale, scaleY: scale });
  return Array.from({ length: starts.length - 1 }, (_, ring) => Array.from({ length: starts[ring + 1]! - starts[ring]! }, (_, i) => [...points.subarray(2 * (starts[ring]! + i), 2 * (starts[ring]! + i) + 2)]));
}

/** Twice the area within a ring; positive where it runs clockwise on the screen. */
const area = (ring: number[][]): number => ring.reduce((sum, [x, y], i) => sum + x! * ring[(i + 1) % ring.length]![1]! - ring[(i + 1) % ring.length]![0]! * y!, 0) / 2;

it('finds nothing in an empty mask', () => {
  expect(ringsOf(['..', '..'])).toEqual([]);
});

it('goes around a rectangle by its four corners, in level-0 pixels', () => {
  expect(ringsOf(['....', '.##.', '.##.'], 16)).toEqual([[[16, 16], [48, 16], [48, 48], [16, 48]]]);
});

it('goes around a hole the other way, so that areas add up to the tissue', () => {
  const rings = ringsOf(['#####', '#...#', '#.#.#', '#...#', '#####']);
  expect(rings.map(area).sort((a, b) => a - b)).toEqual([-9, 1, 25]);
});

it('keeps pixels apart that touch by a corner', () => {
  const rings = ringsOf(['#.', '.#']);
  expect(rings.map(area)).toEqual([1, 1]);
});

it('encloses as much as the mask holds, whatever its shape', () => {
  let state = 7;
  const random = (): boolean => (state = (state * 48271) % 2147483647) / 2147483647 < 0.5;
  const rows = Array.from({ length: 23 }, () => Array.from({ length: 31 }, () => (random() ? '#' : '.')).join(''));
  const total = rows.join('').split('#').length - 1;
  expect(ringsOf(rows).map(area).reduce((sum, part) => sum + part, 0)).toBe(total);
});

import { expect, it } from 'vitest';
import type { Polygon } from '../../../../src/slides/polygons.js';
import { heedAnnotations } from '../../../../src/slides/tissue/annotations.js';
import { annotationsOf } from '../../../../src/slides/tissue/geojson.js';
import { polygonsOf } from '../../../../src/slides/tissue/polygons.js';

const maskOf = (rows: readonly string[], scale = 16) => ({ data: Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0)), width: rows[0].length, height: rows.length, scaleX: scale, scaleY: scale });
/** The pixels that polygons cover, as the mask they were traced from. */
function drawn(polygons: readonly Polygon[], mask: ReturnType<typeof maskOf>): Uint8Array {
  const full = { ...mask, data: new Uint8Array(mask.data.length).fill(1) };
  heedAnnotations(full, { include: polygons, exclude: [] });
  return full.data;
}

it('gives each area its own holes, nested ones too', () => {
  const rows = ['#######.###', '#.....#.#.#', '#.###.#.###', '#.#.#.#....', '#.###.#.##.', '#.....#.##.', '#######....'];
  const polygons = polygonsOf(maskOf(rows, 4));
  expect(polygons.map((polygon) => polygon.length).sort()).toEqual([1, 2, 2, 2]);
  expect(polygons.every((polygon) => polygon.every((ring) => ring[0] === ring.at(-1)))).toBe(true);
  expect(polygons[0][0][0].every((coordinate) => coordinate % 4 === 0)).toBe(true);
});

it('draws the very mask again, whatever its shape', () => {
  let state = 11;
  const random = (share: number): boolean => (state = (state * 48271) % 2147483647) / 2147483647 < share;
  for (const share of [0.3, 0.5, 0.7]) {
    const mask = maskOf(Array.from({ length: 29 }, () => Array.from({ length: 37 }, () => (random(share) ? '#' : '.')).join('')), 3.5);
    expect(drawn(polygonsOf(mask), mask)).toEqual(mask.data);
  }
});

it('finds nothing in nothing', () => {
  expect(polygonsOf(maskOf(['..', '..']))).toEqual([]);
});

it('writes annotations QuPath reads, with the same ids for the same areas', () => {
  const polygons = polygonsOf(maskOf(['###', '#.#', '###']));
  const areas = polygons.map((polygon) => ({ name: 'Tissue' as const, polygon }));
  const { features } = annotationsOf(areas);
  expect(features).toHaveLength(1);
  expect(features[0]).toMatchObject({
    type: 'Feature',
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
    geometry: { type: 'Polygon', coordinates: [[[0, 0], [48, 0], [48, 48], [0, 48], [0, 0]], [[32, 16], [16, 16], [16, 32], [32, 32], [32, 16]]] },
    properties: { objectType: 'annotation', classification: { name: 'Tissue', color: [90, 160, 90] } },
  });
  expect(annotationsOf(areas)).toEqual(annotationsOf(areas));
});

it('includes and excludes by the centres of pixels', () => {
  const mask = { data: new Uint8Array(16).fill(1), width: 4, height: 4, scaleX: 10, scaleY: 10 };
  const square = (from: number, to: number): Polygon => [[[from, from], [to, from], [to, to], [from, to], [from, from]]];
  heedAnnotations(mask, { include: [square(4, 34)], exclude: [square(3, 12)] });
  expect([...mask.data].join('')).toBe('0110111011100000');
});

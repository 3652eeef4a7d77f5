import { expect, it } from 'vitest';
import { Random } from '../../../src/shared/random.js';
import { shifted } from '../../science/problems/digit-views.js';

const edge = 5;

it('moves each image whole, up to the reach and to every place within it', () => {
  const instances = new Float32Array(2 * edge * edge);
  instances.fill(1, 12, 13);
  instances.fill(2, edge * edge + 12, edge * edge + 13);
  const places = new Set<string>();
  const random = new Random(1);
  for (let draw = 0; draw < 400; draw++) {
    const { data, shape } = shifted({ id: 'a', label: 1, instances, size: edge * edge }, { edge, reach: 2, dark: 0 }, random);
    expect(shape).toEqual([2, edge * edge]);
    const at = [1, 2].map((value) => data.indexOf(value));
    expect(Array.from(data).filter((value) => value > 0)).toEqual([1, 2]);
    expect(at[0]).toBeLessThan(edge * edge);
    expect(at[1]).toBeGreaterThanOrEqual(edge * edge);
    places.add(`${at[0]}`);
  }
  expect(places.size).toBe(edge * edge);
});

it('cuts off what leaves the image and lets nothing in from the other side', () => {
  const instances = new Float32Array(edge * edge).fill(1);
  const random = new Random(2);
  for (let draw = 0; draw < 50; draw++) {
    const { data } = shifted({ id: 'a', label: 1, instances, size: edge * edge }, { edge, reach: 2, dark: 0 }, random);
    const rows = Array.from({ length: edge }, (_, row) => [...data.subarray(row * edge, (row + 1) * edge)]);
    const full = rows.filter((row) => row.some(Boolean));
    expect(full.length).toBeGreaterThanOrEqual(edge - 2);
    for (const row of full) expect(row).toEqual(full[0]);
  }
});

import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../../../src/engine/contract.js';
import type { Bag } from '../../../src/training/bag.js';
import type { FeatureBank } from '../../../src/training/feature-bank.js';
import { measureScale, splitScale, standardise, withScale } from '../../../src/training/standardise.js';

const bags: Record<string, HostTensor> = {
  a: { shape: [2, 3], data: Float32Array.of(1, 10, 5, 3, 20, 5) },
  b: { shape: [1, 3], data: Float32Array.of(5, 60, 5) },
};
const features = { bag: async (id: string) => bags[id]! } as unknown as FeatureBank;
const train = [{ id: 'a' }, { id: 'b' }] as Bag[];

describe('standardised features', () => {
  it('are measured over all training patches', async () => {
    const { mean, deviation } = await measureScale(train, features);
    expect([...mean]).toEqual([3, 30, 5]);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(8 / 3), 6);
    expect(deviation[1]).toBeCloseTo(Math.sqrt(1400 / 3), 4);
  });

  it('have mean zero and deviation one; a constant feature is zero', async () => {
    const scale = await measureScale(train, features);
    const rows = [...standardise(bags['a']!, scale).data, ...standardise(bags['b']!, scale).data];
    for (const column of [0, 1]) {
      const values = [0, 1, 2].map((row) => rows[3 * row + column]!);
      expect(values.reduce((a, b) => a + b)).toBeCloseTo(0, 5);
      expect(values.reduce((sum, value) => sum + value * value, 0) / 3).toBeCloseTo(1, 5);
    }
    expect([2, 5, 8].map((i) => rows[i])).toEqual([0, 0, 0]);
  });

  it('keep their scale beside the weights', async () => {
    const scale = await measureScale(train, features);
    const weights = { w: { shape: [1], data: Float32Array.of(7) } };
    expect(splitScale(withScale(weights, scale))).toEqual({ weights, scale });
    expect(splitScale(withScale(weights, undefined))).toEqual({ weights, scale: undefined });
  });
});

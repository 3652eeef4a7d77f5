import { describe, expect, it } from 'vitest';
import type { Bag } from '../../../src/training/bag.js';
import { FeatureBank } from '../../../src/training/feature-bank.js';
import { measureStandard, splitStandard, standardWeights, type Standard } from '../../../src/training/standard.js';

const stores: Record<string, number[][]> = { a: [[1, 10, 5], [3, 30, 5]], b: [[5, 50, 5]] };

function bankOf(standard: () => Standard | undefined): FeatureBank {
  return new FeatureBank(async (id) => ({
    count: stores[id]!.length,
    featureSize: 3,
    coords: undefined,
    readInto: (target, start, end) => target.set(stores[id]!.slice(start, end).flat()),
    close: () => undefined,
  }), standard);
}
const bags = ['a', 'b'].map((id) => ({ id }) as Bag);

describe('standardising', () => {
  it('centres and scales by all patches, and leaves the scale of a feature that never changes', async () => {
    const measured: { standard?: Standard } = {};
    const features = bankOf(() => measured.standard);
    const standard = (measured.standard = await measureStandard(bags, features));
    expect([...standard.mean]).toEqual([3, 30, 5]);
    expect(standard.deviation[0]).toBeCloseTo(Math.sqrt(8 / 3), 6);
    expect(standard.deviation[2]).toBe(1);
    features.forget();
    const { data } = await features.bag('a');
    expect([...data].map((value) => Number(value.toFixed(4)))).toEqual([-1.2247, -1.2247, 0, 0, 0, 0]);
  });

  it('lies beside the weights and comes back', async () => {
    const standard = await measureStandard(bags, bankOf(() => undefined));
    const weights = { 'classifier.0.bias': { shape: [1], data: Float32Array.of(4) } };
    expect(splitStandard({ ...weights, ...standardWeights(standard) })).toEqual({ weights, standard });
    expect(splitStandard(weights).standard).toBeUndefined();
  });
});

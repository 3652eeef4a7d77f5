import { describe, expect, it } from 'vitest';
import { FeatureBank } from '../../../src/training/feature-bank.js';

/** Slides of two patches of four numbers, 32 bytes each; those read are noted. */
function bankOf(limit: number, value = 1): { bank: FeatureBank; read: string[] } {
  const read: string[] = [];
  const bank = new FeatureBank(
    async (slide) => {
      read.push(slide);
      return { count: 2, featureSize: 4, coords: undefined, readInto: (target: Float32Array, start: number, end: number) => void target.fill(value, 0, 4 * (end - start)), close: () => undefined };
    },
    undefined,
    limit,
  );
  return { bank, read };
}

describe('the feature bank', () => {
  it('of a cohort just above its limit reads anew only what does not fit', async () => {
    const { bank, read } = bankOf(64);
    for (let round = 0; round < 3; round++) for (const slide of ['a', 'b', 'c']) expect((await bank.bag(slide)).data).toEqual(new Float32Array(8).fill(1));
    expect(read).toEqual(['a', 'b', 'c', 'c', 'c']);
  });

  it('reads everything anew once it forgot, and keeps as much again', async () => {
    const { bank, read } = bankOf(32);
    await bank.bag('a');
    bank.forget();
    await bank.bag('b');
    await bank.bag('b');
    expect(read).toEqual(['a', 'b']);
  });

  it('counts a slide once that two ask for at once', async () => {
    const { bank, read } = bankOf(64);
    await Promise.all([bank.bag('a'), bank.bag('a')]);
    await bank.bag('b');
    await bank.bag('b');
    expect(read).toEqual(['a', 'a', 'b']);
  });

  it.each([NaN, Infinity])('names slide and patch of %s', async (value) => {
    await expect(bankOf(64, value).bank.bag('a')).rejects.toMatchObject({ code: 'features-invalid', place: { slide: 'a' }, message: expect.stringContaining('patch 0') as string });
  });
});

import { expect, it } from 'vitest';
import { Random } from '../../../src/shared/random.js';
import { verdicts } from '../../../src/shared/judgements/verdicts.js';
import type { Bag } from '../../../src/training/bag.js';
import { confirmedFeatures, drawConfirmed } from '../../../src/training/confirmed.js';
import { FeatureBank } from '../../../src/training/feature-bank.js';

/** Two slides, of which each patch has its own number twice as features. */
const bags = [{ id: 'a', count: 3 }, { id: 'b', count: 2 }] as unknown as readonly Bag[];
const features = new FeatureBank(async (slide) => ({
  count: slide === 'a' ? 3 : 2,
  featureSize: 2,
  readInto: (target, start, end) => target.set(Float32Array.from({ length: 2 * (end - start) }, (_, i) => (slide === 'a' ? 0 : 3) + start + Math.floor(i / 2))),
  close: () => undefined,
}) as Awaited<ReturnType<ConstructorParameters<typeof FeatureBank>[0]>>);
const judged = (...rows: readonly string[]) => Uint8Array.from(rows, (verdict) => verdicts.indexOf(verdict as (typeof verdicts)[number]));

it('takes the features of confirmed negatives from their slides', async () => {
  const found = await confirmedFeatures(judged('none', 'confirmed-negative', 'artefact', 'mislabelled', 'confirmed-negative'), bags, features);
  expect(found).toEqual({ data: Float32Array.of(1, 1, 4, 4), shape: [2, 2] });
});

it('takes none where none is confirmed, or nobody judged', async () => {
  expect(await confirmedFeatures(judged('none', 'artefact', 'none', 'none', 'mislabelled'), bags, features)).toBeUndefined();
  expect(await confirmedFeatures(undefined, bags, features)).toBeUndefined();
});

it('draws so many for a step, none twice, the same for the same seed', () => {
  const many = { data: Float32Array.from({ length: 200 }, (_, i) => Math.floor(i / 2)), shape: [100, 2] };
  const drawn = drawConfirmed(many, new Random(1));
  expect(drawn.shape).toEqual([64, 2]);
  const rows = Array.from({ length: 64 }, (_, row) => drawn.data[2 * row]);
  expect(new Set(rows).size).toBe(64);
  expect(Array.from({ length: 64 }, (_, row) => drawn.data[2 * row + 1])).toEqual(rows);
  expect(drawConfirmed(many, new Random(1))).toEqual(drawn);
  expect(drawConfirmed(many, new Random(2))).not.toEqual(drawn);
  expect(drawConfirmed({ data: Float32Array.of(5, 6), shape: [1, 2] }, new Random(1))).toEqual({ data: Float32Array.of(5, 6), shape: [1, 2] });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.js';
import { createAdapter } from '../../../src/encoders/adapter/encoder.js';
import { cacheViews, CachedViews } from '../../../src/encoders/adapter/view-cache.js';
import type { EpochReport, MinedPatches, PixelEncoder } from '../../../src/encoders/contract.js';
import { createEncoder } from '../../../src/encoders/index.js';
import { HardmineError } from '../../../src/shared/errors.js';
import { Random } from '../../../src/shared/random.js';
import { fastEngine, experiment, stripes } from './support.js';

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await fastEngine();
  folder = mkdtempSync(path.join(tmpdir(), 'adapter-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { augmentations, finetune } = experiment();
const patches = stripes(10, 8);
const featureSize = 12;
/** Sums of squares of pixels: a frozen encoder that needs no file. */
const base: PixelEncoder = {
  input: 'pixels',
  featureSize,
  batch: 4,
  fingerprint: () => 'base',
  embed: ({ pixels, count, size }) =>
    Promise.resolve(
      Float32Array.from({ length: count * featureSize }, (_, i) => {
        const patch = pixels.subarray(Math.floor(i / featureSize) * 3 * size * size);
        let sum = 0;
        for (let at = i % featureSize; at < 3 * size * size; at += featureSize) sum += (patch[at] / 255) ** 2;
        return sum;
      }),
    ),
  dispose: () => undefined,
};
const create = () => createAdapter(base, { hidden: 8, views: 3 }, { engine, augmentations, finetune: { ...finetune, batch: 8, lr: 3e-3, epochs: 30 }, random: new Random(1) });
const bank: MinedPatches = { positives: Int32Array.of(0, 2, 4, 6), hardNegatives: Int32Array.of(1, 3, 5), uncertain: Int32Array.of(8), anchorPositives: true };
const someFeatures = (count: number) => {
  const random = new Random(5);
  return Float32Array.from({ length: count * featureSize }, () => random.normal());
};

describe('the adapter', () => {
  it('is the identity before it has learned', async () => {
    const adapter = create();
    const features = someFeatures(5);
    expect(await adapter.embed({ features, count: 5 })).toEqual(features);
  });

  it('learns: the loss falls, and its features change', async () => {
    const adapter = create();
    const before = adapter.fingerprint();
    const reports: EpochReport[] = [];
    await adapter.learner!.prepare(patches, { random: new Random(2), scratch: folder });
    await adapter.learner!.finetune(patches, bank, { random: new Random(3), hooks: { onEpoch: (report) => void reports.push(report) } });
    expect(reports.at(-1)!.loss).toBeLessThan(reports[0].loss - 0.3);
    expect(adapter.fingerprint()).not.toBe(before);
    const features = someFeatures(2);
    expect(await adapter.embed({ features, count: 2 })).not.toEqual(features);
  });

  it('gives the same bits twice, and goes on from a checkpoint', async () => {
    const [one, two] = [create(), create()];
    for (const { learner } of [one, two]) await learner!.prepare(patches, { random: new Random(2), scratch: folder });
    await one.learner!.finetune(patches, bank, { random: new Random(3) });
    const between = structuredClone(one.learner!.state());
    await one.learner!.finetune(patches, bank, { random: new Random(4) });
    two.learner!.restore(between);
    await two.learner!.finetune(patches, bank, { random: new Random(4) });
    expect(two.learner!.state()).toEqual(one.learner!.state());
  });

  it('refuses the weights of another adapter by name', () => {
    const other = createAdapter({ ...base, featureSize: 6 }, { hidden: 8, views: 3 }, { engine, augmentations, finetune, random: new Random(1) });
    expect(() => create().learner!.restore(other.learner!.state())).toThrow(expect.objectContaining({ code: 'weights-invalid', message: expect.stringContaining('norm.weight') }));
  });
});

describe('cached views', () => {
  const spec = { base, augmentations, views: 3 };

  it('are the features of augmented views, each patch by its own seed', async () => {
    const file = await cacheViews(patches, spec, { random: new Random(7), scratch: path.join(folder, 'a') });
    expect(readFileSync(file)).toHaveLength(10 * 3 * featureSize * 4);
    const views = new CachedViews(file, featureSize, 3);
    const target = new Float32Array(2 * featureSize);
    const pairs = new Set<number>();
    const random = new Random(1);
    for (let i = 0; i < 40; i++) {
      views.drawPair(9, random, target, 0, featureSize);
      expect(target.subarray(0, featureSize)).not.toEqual(target.subarray(featureSize));
      pairs.add(target[0]);
    }
    expect(pairs.size).toBe(3);
    expect(views.count).toBe(10);
    views.close();
  });

  it('are built once', async () => {
    const scratch = path.join(folder, 'a');
    let steps = 0;
    await cacheViews(patches, spec, { random: new Random(7), scratch, hooks: { onStep: () => (steps += 1) } });
    expect(steps).toBe(0);
    await cacheViews(patches, { ...spec, views: 2 }, { random: new Random(7), scratch });
    expect(readdirSync(scratch)).toHaveLength(2);
  });

  it('continue where an interruption left them, to the same bits', async () => {
    const scratch = path.join(folder, 'b');
    const stage = { random: new Random(7), scratch };
    let steps = 0;
    const checkpoint = async () => {
      if (++steps > 3) throw new HardmineError('interrupted', 'stopped');
    };
    await expect(cacheViews(patches, spec, { ...stage, hooks: { checkpoint } })).rejects.toMatchObject({ code: 'interrupted' });
    const [partial] = readdirSync(scratch);
    expect(partial).toMatch(/\.part$/);
    truncateSync(path.join(scratch, partial), 2 * 4 * featureSize * 4 + 5);
    const done: number[] = [];
    const file = await cacheViews(patches, spec, { ...stage, hooks: { onStep: (count) => done.push(count) } });
    expect(done[0]).toBe(12);
    const whole = await cacheViews(patches, spec, { ...stage, scratch: path.join(folder, 'a') });
    expect(readFileSync(file).equals(readFileSync(whole))).toBe(true);
    expect(readdirSync(scratch)).toHaveLength(1);
  });

  it('give one view twice where there is only one', async () => {
    const file = await cacheViews(patches, { ...spec, views: 1 }, { random: new Random(7), scratch: folder });
    const views = new CachedViews(file, featureSize, 1);
    const target = new Float32Array(2 * featureSize);
    views.drawPair(2, new Random(1), target, 0, featureSize);
    expect(target.slice(0, featureSize)).toEqual(target.slice(featureSize));
    views.close();
  });
});

describe('stored features', () => {
  it('pass as they are and never learn', async () => {
    const encoder = await createEncoder(experiment({ encoder: { kind: 'features', folder: 'h5' } }).encoder, { engine, baseFolder: '.', patchSize: 8, augmentations, finetune, random: new Random(1), storedFeatureSize: featureSize, warn: () => undefined });
    expect(encoder.learner).toBeUndefined();
    const features = someFeatures(3);
    if (encoder.input !== 'features') throw new Error('takes features');
    expect(await encoder.embed({ features, count: 2 })).toEqual(features.slice(0, 2 * featureSize));
  });
});

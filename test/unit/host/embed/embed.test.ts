import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CohortSlide } from '../../../../src/cohort/contract.js';
import { openFeatures } from '../../../../src/cohort/features/index.js';
import type { PixelEncoder } from '../../../../src/encoders/contract.js';
import { embedCohort, type EmbedTask } from '../../../../src/host/embed/embed-cohort.js';
import { readAhead } from '../../../../src/host/embed/read-ahead.js';
import { Pace } from '../../../../src/host/embed/views.js';
import { experimentSchema } from '../../../../src/shared/experiment/index.js';
import { paint } from '../../slides/fixtures.js';
import { temporaryFolder } from '../run/fixtures.js';

/** Features are the mean colour of a patch and the red of its centre. */
function meanColour(print = 'mean'): PixelEncoder & { embedded: number } {
  const encoder = {
    input: 'pixels' as const,
    featureSize: 4,
    batch: 3,
    embedded: 0,
    fingerprint: () => print,
    async embed({ pixels, count, size }: { pixels: Uint8Array; count: number; size: number }) {
      encoder.embedded += count;
      const features = new Float32Array(4 * count);
      for (let i = 0; i < count * size * size * 3; i++) features[4 * Math.floor(i / (3 * size * size)) + (i % 3)] += pixels[i] / (size * size);
      for (let i = 0; i < count; i++) features[4 * i + 3] = pixels[3 * (i * size * size + (size * size + size) / 2)];
      return features;
    },
    dispose: () => undefined,
  };
  return encoder;
}

const experiment = experimentSchema.parse({ name: 'e', cohort: { table: 'cohort.csv' }, tiling: { size: 16, mpp: 1, tissue: { method: 'none' } }, encoder: { kind: 'onnx', file: 'models/encoder.onnx' } });

/** Two slides of 4 × 2 patches whose red says the column, one too small for a patch, one that is no slide, one missing. */
async function cohort(): Promise<{ folder: string; slides: CohortSlide[] }> {
  const folder = temporaryFolder();
  const row = (id: string, mpp = 1): CohortSlide => ({ id, path: join(folder, `${id}.png`), label: 0, classes: [], patient: id, mpp, line: 1 });
  await paint(64, 32, (x) => [10 + 16 * Math.floor(x / 16), 100, 200]).png().toFile(join(folder, 'a.png'));
  await paint(128, 64, (x) => [10 + 16 * Math.floor(x / 32), 100, 200]).png().toFile(join(folder, 'b.png'));
  await paint(8, 8, () => [200, 100, 150]).png().toFile(join(folder, 'tiny.png'));
  writeFileSync(join(folder, 'broken.png'), 'no image');
  return { folder, slides: [row('a'), row('broken'), row('tiny'), row('gone'), row('b', 0.5)] };
}

const silent: EmbedTask['view'] = { slide: () => undefined, patches: () => undefined, done: () => undefined, failed: () => undefined };

const task = (folder: string, slides: readonly CohortSlide[], change: Partial<EmbedTask> = {}): EmbedTask => ({ experiment, experimentFolder: folder, slides, encoder: meanColour(), out: join(folder, 'out'), overwrite: false, view: silent, isStopped: () => false, ...change });

async function storeOf(folder: string, id: string): Promise<{ coords: unknown; features: number[]; featureSize: number }> {
  const reader = await openFeatures(join(folder, 'out/h5_files', `${id}.h5`));
  const features = new Float32Array(reader.count * reader.featureSize);
  reader.readInto(features, 0, reader.count);
  reader.close();
  return { coords: reader.coords, features: [...features], featureSize: reader.featureSize };
}

describe('embedding a cohort', () => {
  it('writes a store a slide, with places in level-0 pixels, and names the slides that fail', async () => {
    const { folder, slides } = await cohort();
    const outcome = await embedCohort(task(folder, slides));
    expect(outcome).toMatchObject({ stopped: false, embedded: ['a', 'tiny', 'b'], known: [], patches: 16 });
    expect(outcome.failed.map(({ slide, code }) => [slide, code])).toEqual([['broken', 'slide-unreadable'], ['gone', expect.stringMatching(/missing/)]]);
    const a = await storeOf(folder, 'a');
    expect(a.coords).toEqual({ x: Float64Array.of(0, 16, 32, 48, 0, 16, 32, 48), y: Float64Array.of(0, 0, 0, 0, 16, 16, 16, 16), size0: 16 });
    expect(a.features.filter((_, i) => i % 4 === 3)).toEqual([10, 26, 42, 58, 10, 26, 42, 58]);
    const b = await storeOf(folder, 'b');
    expect(b.coords).toMatchObject({ x: Float64Array.of(0, 32, 64, 96, 0, 32, 64, 96), size0: 32 });
    expect(b.features.filter((_, i) => i % 4 === 3)).toEqual([10, 26, 42, 58, 10, 26, 42, 58]);
    expect(await storeOf(folder, 'tiny')).toMatchObject({ features: [], featureSize: 4, coords: { x: new Float64Array(0) } });
    expect(readdirSync(join(folder, 'out/patches')).sort()).toEqual(['a.h5', 'b.h5', 'tiny.h5']);
  });

  it('makes nothing again, and never mixes encoders', async () => {
    const { folder, slides } = await cohort();
    await embedCohort(task(folder, slides));
    const same = meanColour();
    expect(await embedCohort(task(folder, slides, { encoder: same }))).toMatchObject({ embedded: [], known: ['a', 'tiny', 'b'], patches: 0 });
    expect(same.embedded).toBe(0);
    const other = await embedCohort(task(folder, slides, { encoder: meanColour('other') }));
    expect(other.failed.map(({ slide, code }) => `${slide} ${code}`)).toContain('a features-invalid');
    expect((await embedCohort(task(folder, slides, { encoder: meanColour('other'), overwrite: true }))).embedded).toEqual(['a', 'tiny', 'b']);
    await paint(64, 32, () => [1, 2, 3]).png().toFile(join(folder, 'a.png'));
    expect((await embedCohort(task(folder, slides, { encoder: meanColour('other') }))).failed[0]).toMatchObject({ slide: 'a', code: 'features-invalid' });
  });

  it('leaves nothing of a slide it was stopped in, and goes on there', async () => {
    const { folder, slides } = await cohort();
    const encoder = meanColour();
    const outcome = await embedCohort(task(folder, slides, { encoder, isStopped: () => encoder.embedded > 8 }));
    expect(outcome).toMatchObject({ stopped: true, embedded: ['a', 'tiny'] });
    expect(readdirSync(join(folder, 'out/h5_files')).sort()).toEqual(['a.h5', 'tiny.h5']);
    expect(await embedCohort(task(folder, slides))).toMatchObject({ embedded: ['b'], known: ['a', 'tiny'] });
    rmSync(join(folder, 'out/h5_files/a.h5'));
    expect((await embedCohort(task(folder, slides))).embedded).toEqual(['a']);
  });

  it('writes nowhere but into its folder', async () => {
    const { folder, slides } = await cohort();
    const outcome = await embedCohort(task(folder, [{ ...slides[0]!, id: '../a' }, { ...slides[0]!, path: '' }]));
    expect(outcome.failed.map(({ code }) => code)).toEqual(['usage', 'slide-missing']);
    expect(existsSync(join(folder, 'out/a.h5'))).toBe(false);
  });
});

describe('reading ahead', () => {
  it('keeps the order, prepares only so much, and throws in turn', async () => {
    let made = 0;
    async function* source(): AsyncGenerator<number> {
      for (; made < 6; ) yield made++;
      throw new Error('end');
    }
    const seen: [number, number][] = [];
    await expect(async () => {
      for await (const item of readAhead(source(), 2)) {
        await new Promise(setImmediate);
        seen.push([item, made]);
      }
    }).rejects.toThrow('end');
    expect(seen.map(([item]) => item)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(seen[0]![1]).toBe(3);
  });

  it('ends its source when it is left', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<number> {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        closed = true;
      }
    }
    for await (const item of readAhead(source(), 3)) if (item === 1) break;
    expect(closed).toBe(true);
  });
});

describe('the pace', () => {
  it('takes the slides to come to be as those before', () => {
    let now = 0;
    const pace = new Pace(4, () => now);
    expect(`${pace}`).toBe('');
    pace.begin(100);
    pace.add(100);
    pace.end();
    pace.begin(300);
    pace.add(100);
    now = 10_000;
    // 200 of this slide and two more of about 200.
    expect(`${pace}`).toBe('20 patches/s, 30.0 s left');
  });
});

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CohortSlide, Split } from '../../../src/cohort/contract.js';
import { checkCopies, checkStoreCopies } from '../../../src/cohort/copies.js';
import { createFeatureWriter } from '../../../src/cohort/features/index.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';

const folder = mkdtempSync(join(tmpdir(), 'copies-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const slide = (id: string, path: string, line: number): CohortSlide => ({ id, path, label: 0, classes: [], patient: id, mpp: undefined, line });
const apart: Split = new Map([['a', 'train'], ['b', 'test']]);
const together: Split = new Map([['a', 'train'], ['b', 'train']]);

describe('one slide under two names', () => {
  const original = join(folder, 'a.svs');
  writeFileSync(original, 'the bytes of a slide');
  mkdirSync(join(folder, 'elsewhere'));
  const renamed = { extension: join(folder, 'a.tif'), folder: join(folder, 'elsewhere/a.svs'), link: join(folder, 'link.svs') };
  copyFileSync(original, renamed.extension);
  copyFileSync(original, renamed.folder);
  symlinkSync(original, renamed.link);
  const find = (path: string, splits: readonly Split[]) => checkCopies([slide('a', original, 2), slide('b', path, 3)], splits);

  it.each(Object.entries(renamed))('by another %s is named', async (_, path) => {
    expect(await find(path, [apart])).toMatchObject([{ severity: 'warning', code: 'validation-in-training', message: 'Slide "b" (test) has the very content of slide "a" (train, line 2). Testing would look at what was learnt.', place: { slide: 'b' } }]);
  });

  it('is named where any run of a cross-validation parts them, and never where a given split leaves one out', async () => {
    expect(await find(renamed.extension, [together])).toEqual([]);
    expect(await find(renamed.extension, [together, apart])).toHaveLength(1);
    expect(await find(renamed.extension, [new Map([['a', 'train']])])).toEqual([]);
  });
});

describe('one store under two names', () => {
  const store = async (name: string, values: Float32Array, chunk = values.length / 4) => {
    const writer = await createFeatureWriter(join(folder, `${name}.h5`), 4);
    for (let row = 0; row < values.length / 4; row += chunk / 4) writer.append(values.subarray(4 * row, 4 * row + chunk));
    writer.close();
  };
  const { encoder } = experimentSchema.parse({ name: 'x', cohort: { table: 'c.csv' }, encoder: { kind: 'features', folder: '.' } });
  const find = () => (encoder.kind === 'features' ? checkStoreCopies([slide('a', '', 2), slide('b', '', 3)], [apart], encoder, folder, new Map([['a', 20], ['b', 20]])) : undefined);
  const values = Float32Array.from({ length: 80 }, (_, i) => Math.sin(i));

  it('is named, also where it was written anew', async () => {
    await store('a', values);
    await store('b', values, 8);
    expect(await find()).toMatchObject([{ code: 'validation-in-training', message: expect.stringContaining('"b" (test) has the very features of slide "a"') as string }]);
  });

  it('is no finding of other features, or of blank ones', async () => {
    await store('b', values.map((value) => value + 1));
    expect(await find()).toEqual([]);
    await store('a', new Float32Array(80));
    await store('b', new Float32Array(80));
    expect(await find()).toEqual([]);
  });
});

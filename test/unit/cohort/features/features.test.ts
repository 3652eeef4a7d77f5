import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import * as h5 from 'h5wasm/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFeatureWriter, openFeatures } from '../../../../src/cohort/features/index.js';
import { scratchFolder, write } from '../fixtures.js';

const folder = scratchFolder();
beforeAll(() => h5.ready);

function store(name: string, fill: (file: h5.File) => void): string {
  const path = join(folder, name);
  const file = new h5.File(path, 'w');
  fill(file);
  file.close();
  return path;
}

/** Half floats cannot be written from here: a store of two patches in STAMP's layout, made with h5py, deflated. */
const stampStore =
  'eNrr9HBx4+WS4mLm4GCAgf9QoCMB4RtAxVc9N1jm7+ESxKSwaD9TNjKuYBJC1ggDXEwMjAwMbAIMQIo1LTWxpPgw1Cg2QZAYW3J+flFK8XlGiKCoEAMLpiECQO23mSAqamBOZIXSGcsdTcFOYmRgZFRhYGBiYmSEqmVghtLofGYRBkZBBX6ouAADFysDFz/ITKBrmbk4gD5hYWSAhgYPzMIFDIMe6D2V6sIVFrhoSFjYQ73rwGDCzWDynxk1LHigYaEwhMLiqX2BvL+zhzePGSjeWRlEQCmrNC+zhEGSkREY5wxgDEl3HODQAGEdqE9B4hCdvBCdJZk5qfHFmVWp8aW5DNjCiwluc4HDbolPkQyjYBSMglEw6IENw4FQU0aG/9UMDdgVFDhA6AQHd2d/H0YGaNkJLz4RhR+wbEQBN/hHg3cUjIJRMApGwSgYBaNgFIyCUTAKRsEoGGoAAGr8YBc=';

const counted = (rows: number, width: number): Float32Array => Float32Array.from({ length: rows * width }, (_, i) => i / 8);

describe('write, then read', () => {
  it('gives back what was appended, in any slices', async () => {
    const path = join(folder, 'own.h5');
    const features = counted(100, 6);
    const writer = await createFeatureWriter(path, 6);
    for (const [start, end] of [[0, 33], [33, 33], [33, 34], [34, 100]]) {
      const axis = Float64Array.from({ length: end - start }, (_, i) => (start + i) * 10.4);
      writer.append(features.subarray(start * 6, end * 6), { x: axis, y: axis.map((x) => x + 1), size0: 224.449 });
    }
    expect(readdirSync(folder)).not.toContain('own.h5');
    writer.close();
    expect(readdirSync(folder).filter((name) => name.startsWith('own'))).toEqual(['own.h5']);
    const reader = await openFeatures(path);
    expect([reader.count, reader.featureSize, reader.coords!.size0]).toEqual([100, 6, 224.449]);
    expect([reader.coords!.x[99], reader.coords!.y[99]]).toEqual([Math.round(99 * 10.4), Math.round(99 * 10.4 + 1)]);
    const slice = new Float32Array(12 * 6).fill(-1);
    reader.readInto(slice, 50, 60);
    expect(slice.subarray(0, 60)).toEqual(features.subarray(300, 360));
    expect(slice[60]).toBe(-1);
    reader.close();
  });

  it('keeps the layout of CLAM: float32, int32, chunks of 32 rows that grow', async () => {
    const file = new h5.File(join(folder, 'own.h5'), 'r');
    const features = file.get('features') as h5.Dataset;
    const coords = file.get('coords') as h5.Dataset;
    expect([features.dtype, features.metadata.chunks, coords.dtype, coords.shape]).toEqual(['<f', [32, 6], '<i', [100, 2]]);
    file.close();
  });

  it('leaves nothing when abandoned, and writes stores without places or patches', async () => {
    const writer = await createFeatureWriter(join(folder, 'gone.h5'), 4);
    writer.append(counted(2, 4));
    writer.abandon();
    expect(readdirSync(folder).some((name) => name.startsWith('gone'))).toBe(false);
    const none = await createFeatureWriter(join(folder, 'none.h5'), 4);
    none.close();
    const reader = await openFeatures(join(folder, 'none.h5'));
    expect([reader.count, reader.featureSize, reader.coords]).toEqual([0, 4, undefined]);
    reader.close();
    await expect(createFeatureWriter(join(folder, 'no', 'folder.h5'), 4)).rejects.toMatchObject({ code: expect.stringMatching(/features-invalid|file-missing/) });
  });

  it('reads many rows in pieces', async () => {
    const path = join(folder, 'many.h5');
    const writer = await createFeatureWriter(path, 512);
    const features = counted(5000, 512);
    writer.append(features);
    writer.close();
    const reader = await openFeatures(path);
    const all = new Float32Array(features.length);
    reader.readInto(all, 0, 5000);
    expect(Buffer.compare(Buffer.from(all.buffer), Buffer.from(features.buffer))).toBe(0);
    reader.close();
  });
});

describe('stores of others', () => {
  it('CLAM: no attributes, so the edge is told', async () => {
    const path = store('clam.h5', (file) => {
      file.create_dataset({ name: 'features', data: counted(3, 4), shape: [3, 4], chunks: [2, 4], maxshape: [null, 4], compression: 'gzip' });
      file.create_dataset({ name: 'coords', data: Int32Array.from([0, 0, 256, 0, 512, 0]), shape: [3, 2] });
    });
    expect((await openFeatures(path)).coords).toBeUndefined();
    const reader = await openFeatures(path, { patchSize: 256 });
    expect(reader.coords).toEqual({ x: Float64Array.of(0, 256, 512), y: new Float64Array(3), size0: 256 });
    const rows = new Float32Array(4);
    reader.readInto(rows, 2, 3);
    expect(rows).toEqual(counted(3, 4).subarray(8));
    reader.close();
  });

  it('TRIDENT: 64-bit coordinates, edge in an attribute, a chunk a patch', async () => {
    const path = store('trident.h5', (file) => {
      file.create_dataset({ name: 'features', data: counted(2, 3), shape: [2, 3], chunks: [1, 3], maxshape: [null, 3] });
      const coords = file.create_dataset({ name: 'coords', data: BigInt64Array.from([0n, 7n, 512n, 7n]), shape: [2, 2] });
      coords.create_attribute('patch_size_level0', 512, null, '<i8');
      coords.create_attribute('patch_size', 256, null, '<i8');
    });
    const reader = await openFeatures(path, { patchSize: 9 });
    expect(reader.coords).toEqual({ x: Float64Array.of(0, 512), y: Float64Array.of(7, 7), size0: 512 });
    reader.close();
  });

  it('STAMP: half floats, micrometres', async () => {
    const path = write(folder, 'stamp.h5', inflateSync(Buffer.from(stampStore, 'base64')));
    const reader = await openFeatures(path, { mpp: 0.5 });
    expect(reader.coords).toEqual({ x: Float64Array.of(0, 512), y: Float64Array.of(0, 256), size0: 512 });
    const rows = new Float32Array(6);
    reader.readInto(rows, 0, 2);
    expect([...rows]).toEqual([1, -2, Math.fround(0.333251953125), Math.fround(2 ** -24), 65504, -0]);
    reader.close();
    expect((await openFeatures(path)).coords).toBeUndefined();
  });

  it('STAMP before version 2: no unit, so no coordinates, whatever is told', async () => {
    const path = store('stamp-1.h5', (file) => {
      file.create_dataset({ name: 'feats', data: counted(2, 3), shape: [2, 3] });
      file.create_dataset({ name: 'coords', data: Int32Array.of(0, 0, 224, 0), shape: [2, 2] });
    });
    const reader = await openFeatures(path, { patchSize: 256, mpp: 0.5 });
    expect([reader.coords, reader.note]).toEqual([undefined, expect.stringContaining('without their unit')]);
    reader.close();
  });

  it('says where an assumed size does not fit the steps', async () => {
    const path = store('steps.h5', (file) => {
      file.create_dataset({ name: 'features', data: counted(2, 3), shape: [2, 3] });
      file.create_dataset({ name: 'coords', data: Int32Array.of(0, 0, 512, 0), shape: [2, 2] });
    });
    expect((await openFeatures(path, { patchSize: 256 })).note).toContain('neighbours lie 512 apart');
    expect((await openFeatures(path, { patchSize: 512 })).note).toBeUndefined();
  });

  it('a batch axis of one, doubles, and nothing at all', async () => {
    const batched = await openFeatures(store('batched.h5', (file) => void file.create_dataset({ name: 'features', data: Float64Array.of(1, 2, 3, 4), shape: [1, 2, 2] })));
    const rows = new Float32Array(2);
    batched.readInto(rows, 1, 2);
    expect([batched.count, [...rows]]).toEqual([2, [3, 4]]);
    batched.close();
    const empty = await openFeatures(store('empty.h5', (file) => void file.create_dataset({ name: 'features', data: new Float32Array(0), shape: [0] })));
    expect(empty.count).toBe(0);
    empty.close();
  });
});

describe('bad stores', () => {
  it.each([
    ['no features', (file: h5.File) => void file.create_dataset({ name: 'embeddings', data: counted(2, 2), shape: [2, 2] }), /embeddings/],
    ['one axis', (file: h5.File) => void file.create_dataset({ name: 'features', data: counted(2, 2), shape: [4] }), /`features` has the shape \(4\)/],
    ['text', (file: h5.File) => void file.create_dataset({ name: 'features', data: ['a', 'b'], shape: [1, 2] }), /`features` holds no/],
    [
      'other coords',
      (file: h5.File) => {
        file.create_dataset({ name: 'features', data: counted(2, 2), shape: [2, 2] });
        file.create_dataset({ name: 'coords', data: new Int32Array(6), shape: [3, 2] });
      },
      /`coords` is 3 × 2/,
    ],
  ])('are named: %s', async (name, fill, message) => {
    const path = store(`${name.replace(' ', '-')}.h5`, fill);
    await expect(openFeatures(path)).rejects.toMatchObject({ code: 'features-invalid', what: expect.stringMatching(message), place: { file: path } });
  });

  it('are named: no HDF5, missing, cut short', async () => {
    await expect(openFeatures(write(folder, 'text.h5', 'no features here'))).rejects.toMatchObject({ code: 'features-invalid' });
    await expect(openFeatures(write(folder, 'nil.h5', ''))).rejects.toMatchObject({ code: 'features-invalid' });
    await expect(openFeatures(join(folder, 'absent.h5'))).rejects.toMatchObject({ code: 'file-missing' });
    const cut = store('cut.h5', (file) => void file.create_dataset({ name: 'features', data: counted(1000, 8), shape: [1000, 8] }));
    truncateSync(cut, statSync(cut).size - 9000);
    await expect(openFeatures(cut)).rejects.toMatchObject({ code: 'features-invalid' });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkCohort } from '../../../../src/cohort/check.js';
import { createFeatureWriter } from '../../../../src/cohort/features/index.js';
import { featureMoments } from '../../../../src/cohort/lint/feature-moments.js';
import { experimentSchema, type FeaturesOptions } from '../../../../src/shared/experiment/index.js';
import { Random } from '../../../../src/shared/random.js';

const folder = mkdtempSync(join(tmpdir(), 'hardmine-moments-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function write(name: string, rows: number, valueOf: (row: number) => number[]): Promise<void> {
  const values = Array.from({ length: rows }, (_, row) => valueOf(row));
  const writer = await createFeatureWriter(join(folder, `${name}.h5`), values[0]?.length ?? 3);
  writer.append(Float32Array.from(values.flat()), { x: Float64Array.from(values, (_, row) => 256 * row), y: new Float64Array(rows), size0: 256 });
  writer.close();
}

const encoder = experimentSchema.parse({ name: 'm', cohort: { table: 'cohort.csv' }, encoder: { kind: 'features', folder: '.' } }).encoder as FeaturesOptions;
const slide = (id: string) => ({ id, path: '', label: 0 as const, classes: [], patient: id, mpp: undefined, line: 2 });

describe('what stored features are like', () => {
  it('are mean and variance of all patches of a small slide, and of one patch its values', async () => {
    await write('small', 37, (row) => [row, 5, row % 2]);
    await write('alone', 1, () => [3, -1, 0]);
    writeFileSync(join(folder, 'broken.h5'), 'no store');
    const moments = await featureMoments(['small', 'alone', 'broken', 'absent'].map(slide), encoder, folder);
    expect([...moments.keys()]).toEqual(['small', 'alone']);
    const { mean, variance } = moments.get('small')!;
    // Of 0 to n−1: (n−1)/2 and n(n+1)/12; of 19 zeros and 18 ones: 18/37, and 37/36 · p(1−p).
    [18, 5, 18 / 37].forEach((value, i) => expect(mean[i]).toBeCloseTo(value, 10));
    [(37 * 38) / 12, 0, (37 / 36) * (18 / 37) * (19 / 37)].forEach((value, i) => expect(variance[i]).toBeCloseTo(value, 10));
    expect(moments.get('alone')).toEqual({ mean: Float64Array.of(3, -1, 0), variance: new Float64Array(3) });
  });

  it('are of blocks from beginning to end of a large one', async () => {
    // Eight blocks of 16 rows, from the first to the last of 2000: their middles are as far apart, so the mean is that of all.
    await write('large', 2000, (row) => [row, row < 16 || row >= 1984 ? 1 : 0, 0]);
    const { mean } = (await featureMoments([slide('large')], encoder, folder)).get('large')!;
    expect(mean[0]).toBeCloseTo(999.5, 0);
    expect(mean[1]).toBeCloseTo(2 / 8, 10);
  });
});

describe('label-in-feature', () => {
  it('is found by a check that reads, and by none that does not', async () => {
    const random = new Random(4);
    const ids = Array.from({ length: 40 }, (_, i) => `c${i * 7919}`);
    for (const [i, id] of ids.entries()) await write(id, 20, () => [random.normal(), i % 2, random.normal()]);
    writeFileSync(join(folder, 'cohort.csv'), ['slide_id,patient_id,label', ...ids.map((id, i) => `${id},p${i},${i % 2}`)].join('\n'));
    const experiment = experimentSchema.parse({ name: 'm', cohort: { table: 'cohort.csv' }, encoder, loss: { topK: 5 } });
    const codes = async (readSlides: boolean) => (await checkCohort(experiment, folder, { lint: { readSlides, placeIn: () => ({}) } })).map(({ code }) => code).filter((code) => !code.endsWith('-too-small'));
    expect(await codes(true)).toEqual(['label-in-feature']);
    expect(await codes(false)).toEqual([]);
  });
});

import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFeatures } from '../../../../src/cohort/features/index.js';
import { scratchFolder, write } from '../fixtures.js';

const folder = scratchFolder();
const fixture = (name: string): string => join(import.meta.dirname, '../../../fixtures/torch', name);
const expected = Float32Array.from({ length: 12 }, (_, i) => i / 8 - 0.5);

describe('tensors that PyTorch saved', () => {
  it.each(['float32', 'float64', 'float16', 'bfloat16', 'legacy', 'batched', 'transposed', 'part', 'parameter'])('%s', async (name) => {
    const reader = await openFeatures(fixture(`${name}.pt`));
    expect([reader.count, reader.featureSize, reader.coords]).toEqual([3, 4, undefined]);
    expect(reader.note).toContain('no coordinates');
    const all = new Float32Array(12);
    reader.readInto(all, 0, 3);
    expect(all).toEqual(expected);
    const last = new Float32Array(5).fill(-1);
    reader.readInto(last, 2, 3);
    expect(last).toEqual(Float32Array.of(...expected.subarray(8), -1));
    reader.close();
  });

  it.each([['empty', 4], ['nothing', 0]])('%s: no patch', async (name, featureSize) => {
    const reader = await openFeatures(fixture(`${name}.pt`));
    expect([reader.count, reader.featureSize]).toEqual([0, featureSize]);
    reader.close();
  });

  it('are known by their content, whatever they are called', async () => {
    const reader = await openFeatures(write(folder, 'named.h5', readFileSync(fixture('float32.pt'))));
    expect(reader.count).toBe(3);
    reader.close();
  });

  it.each([
    ['dictionary', /holds a dictionary instead of one bare tensor/],
    ['list', /holds a list instead/],
    ['vector', /has the shape \(4\)/],
    ['integers', /calls torch\.LongStorage, which is never done/],
    ['command', /calls posix\.system, which is never done/],
    ['command-legacy', /calls posix\.system, which is never done/],
  ])('%s is refused', async (name, message) => {
    await expect(openFeatures(fixture(`${name}.pt`))).rejects.toMatchObject({ code: 'features-invalid', what: expect.stringMatching(message) as string, place: { file: fixture(`${name}.pt`) } });
    expect(existsSync('executed')).toBe(false);
  });

  it('are refused where they are damaged, wherever the damage is', async () => {
    for (const name of ['float32.pt', 'legacy.pt']) {
      const bytes = readFileSync(fixture(name));
      for (let length = 2; length < bytes.length; length += 7) {
        const path = write(folder, 'cut.pt', bytes);
        truncateSync(path, length);
        await expect(openFeatures(path), `${name} of ${length} bytes`).rejects.toMatchObject({ code: 'features-invalid' });
      }
      for (let position = 0; position < bytes.length; position++) {
        const path = write(folder, 'changed.pt', bytes.map((byte, i) => (i === position ? byte ^ 0x5a : byte)));
        const outcome = await openFeatures(path).then((reader) => reader.close(), (error: unknown) => (error as { code?: string }).code);
        expect([undefined, 'features-invalid'], `${name}, byte ${position}`).toContain(outcome);
      }
    }
  });
});

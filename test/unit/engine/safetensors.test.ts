import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../src/engine/safetensors.js';
import { HardmineError } from '../../../src/shared/errors.js';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'safetensors-'))));
afterAll(() => rm(folder, { recursive: true }));

const values = {
  'fc.0.weight': { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 6) },
  bias: { shape: [], data: Float32Array.of(0.1) },
  empty: { shape: [0, 4], data: new Float32Array(0) },
};

/** A file as other tools write it. */
async function foreign(name: string, header: unknown, body: Uint8Array = new Uint8Array(0)): Promise<string> {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([length, json, body]));
  return path;
}

describe('safetensors', () => {
  it('round-trips values, order and metadata, and leaves no temporary file', async () => {
    const path = join(folder, 'weights.safetensors');
    await writeSafetensors(path, values, { round: '3' });
    await writeSafetensors(path, values, { round: '4' });
    const read = await readSafetensors(path);
    expect(read).toEqual({ values, metadata: { round: '4' } });
    expect(Object.keys(read.values)).toEqual(Object.keys(values));
    expect(await readdir(folder)).toEqual(['weights.safetensors']);
  });

  it('aligns its data to 8 bytes', async () => {
    const path = join(folder, 'aligned.safetensors');
    await writeSafetensors(path, values);
    expect(Number((await readFile(path)).readBigUInt64LE()) % 8).toBe(0);
  });

  it('widens F16, BF16 and F64', async () => {
    const body = Buffer.alloc(8 * 2 + 2 + 8);
    [0x3c00, 0xc500, 0x0001, 0x8000, 0x7c00, 0x7bff, 0x03ff, 0x3555].forEach((bits, i) => body.writeUInt16LE(bits, 2 * i));
    body.writeUInt16LE(0xc020, 16);
    body.writeDoubleLE(Math.PI, 18);
    const path = await foreign('kinds', { half: { dtype: 'F16', shape: [8], data_offsets: [0, 16] }, brain: { dtype: 'BF16', shape: [1], data_offsets: [16, 18] }, double: { dtype: 'F64', shape: [1], data_offsets: [18, 26] } }, body);
    const read = (await readSafetensors(path)).values;
    expect([...read['half']!.data]).toEqual([1, -5, 2 ** -24, -0, Infinity, 65504, 1023 * 2 ** -24, 0.333251953125]);
    expect([...read['brain']!.data]).toEqual([-2.5]);
    expect([...read['double']!.data]).toEqual([Math.fround(Math.PI)]);
  });

  const invalid = async (path: string, text: RegExp) => {
    const error: unknown = await readSafetensors(path).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(HardmineError);
    expect((error as HardmineError).code).toBe('weights-invalid');
    expect((error as HardmineError).message).toContain(path);
    expect((error as HardmineError).message).toMatch(text);
  };

  it('names what is wrong with a file', async () => {
    const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
    await invalid(join(folder, 'absent'), /cannot be read/);
    const path = join(folder, 'whole');
    await writeSafetensors(path, values);
    const whole = await readFile(path);
    for (const [size, text] of [[4, /too short/], [60, /cut short/], [whole.length - 4, /"bias" ends beyond/]] as const) {
      await writeFile(path, whole.subarray(0, size));
      await invalid(path, text);
    }
    await writeFile(path, Buffer.from('PK\x03\x04 surely a zip of somebody'));
    await invalid(path, /longer than the file/);
    await invalid(await foreign('json', '{"a": '), /no safetensors header/);
    await invalid(await foreign('list', []), /no safetensors header/);
    await invalid(await foreign('shape', { a: { ...entry, shape: [-1] } }), /no safetensors header/);
    await invalid(await foreign('null', { a: null }), /no safetensors header/);
    await invalid(await foreign('type', { a: { ...entry, dtype: 'I64' } }, Buffer.alloc(8)), /"a" is of type I64/);
    await invalid(await foreign('size', { a: { ...entry, shape: [3] } }, Buffer.alloc(8)), /"a" has shape \[3\] but 8 bytes/);
  });
});

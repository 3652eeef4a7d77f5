import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable } from '../../../src/shared/run/parquet.js';
import { readBank, readScores, writeBank, writeScores } from '../../../src/training/tables.js';

const folder = mkdtempSync(join(tmpdir(), 'hardmine-tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

function scores(rows: number) {
  const at = (i: number) => i;
  return {
    slide: Array.from({ length: rows }, (_, i) => `00${i % 3}`),
    split: Array.from({ length: rows }, (_, i) => (i % 2 ? 'train' : 'test')),
    label: Int32Array.from({ length: rows }, (_, i) => i % 2),
    x: Float64Array.from({ length: rows }, (_, i) => at(i) + 0.125),
    y: Float64Array.from({ length: rows }, (_, i) => 1e6 + i),
    size: new Float64Array(rows).fill(203.63636363636363),
    score: Float32Array.from({ length: rows }, (_, i) => i / (rows + 1)),
    logit: Float32Array.from({ length: rows }, (_, i) => -i * 1e-3),
    attention: new Float32Array(rows).fill(1e-30),
    rank: Int32Array.from({ length: rows }, (_, i) => i + 1),
    role: new Array<string>(rows).fill('hard-negative'),
    truth: new Int32Array(rows).fill(-1),
  };
}

describe('scores and bank tables', () => {
  it('come back bit for bit, over several row groups', async () => {
    const file = join(folder, 'scores.parquet');
    const table = scores(2500);
    writeScores(file, table);
    expect(await readScores(file)).toEqual(table);
    expect(readdirSync(folder)).toEqual(['scores.parquet']);
  });

  it('give a range of rows, also one that begins and ends inside row groups', async () => {
    const file = join(folder, 'range.parquet');
    const table = scores(2500);
    writeScores(file, table);
    const columns = { slide: 'STRING', x: 'DOUBLE', rank: 'INT32' } as const;
    for (const [start, end] of [[0, 3], [990, 1010], [1500, 2500], [2499, 9999], [3000, 4000]] as const) {
      expect(await readTable(file, columns, { start, end })).toEqual({ slide: table.slide.slice(start, end), x: table.x.slice(start, end), rank: table.rank.slice(start, end) });
    }
  });

  it('are the same bytes each time', () => {
    const [a, b] = [join(folder, 'a.parquet'), join(folder, 'b.parquet')];
    writeScores(a, scores(50));
    writeScores(b, scores(50));
    expect(readFileSync(a).equals(readFileSync(b))).toBe(true);
  });

  it('may be empty', async () => {
    const file = join(folder, 'bank.parquet');
    const empty = { slide: [], x: new Float64Array(0), y: new Float64Array(0), size: new Float64Array(0), score: new Float32Array(0), rank: new Int32Array(0), role: [], change: [], truth: new Int32Array(0) };
    writeBank(file, empty);
    expect(await readBank(file)).toEqual(empty);
  });

  it('refuse columns of different lengths', () => {
    expect(() => writeScores(join(folder, 'uneven.parquet'), { ...scores(4), rank: new Int32Array(3) })).toThrow(/rank has 3 rows/);
  });

  it('say which file is damaged', async () => {
    const file = join(folder, 'damaged.parquet');
    writeFileSync(file, 'not a parquet file at all');
    await expect(readScores(file)).rejects.toMatchObject({ code: 'run-damaged', place: { file } });
    await expect(readScores(join(folder, 'nowhere.parquet'))).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('refuse columns that hold other numbers, or none, than they should', async () => {
    const file = join(folder, 'other.parquet');
    parquetWriteFile({ filename: file, columnData: [{ name: 'rank', data: [1, 2], type: 'DOUBLE', nullable: false }, { name: 'x', data: [1, null], type: 'DOUBLE', nullable: true }] });
    await expect(readTable(file, { rank: 'INT32' })).rejects.toMatchObject({ code: 'run-damaged', what: expect.stringContaining('rank is REQUIRED DOUBLE, not REQUIRED INT32') as string });
    await expect(readTable(file, { x: 'DOUBLE' })).rejects.toMatchObject({ code: 'run-damaged', what: expect.stringContaining('x is OPTIONAL DOUBLE') as string });
  });

  it('say so when the file was cut off', async () => {
    const file = join(folder, 'cut.parquet');
    writeScores(file, scores(50));
    writeFileSync(file, readFileSync(file).subarray(200));
    await expect(readScores(file)).rejects.toMatchObject({ code: 'run-damaged' });
  });
});

import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, ftruncateSync, mkdirSync, openSync, renameSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashSlide, slideBytes } from '../../../src/cohort/hash.js';
import { scratchFolder, write } from './fixtures.js';

const folder = scratchFolder();

describe('hashSlide', () => {
  it('is the SHA-256 of size and content, whatever name and time', async () => {
    const content = Buffer.alloc(3 * 2 ** 20 + 5, 'slide');
    const path = write(folder, 'a.svs', content);
    const hash = await hashSlide(path);
    expect(hash).toBe(createHash('sha256').update(`${content.length}\n`).update(content).digest('hex'));
    const copy = join(folder, 'b.svs');
    copyFileSync(path, copy);
    utimesSync(copy, 1, 1);
    expect(await hashSlide(copy)).toBe(hash);
    content[2 ** 21] ^= 1;
    expect(await hashSlide(write(folder, 'a.svs', content))).not.toBe(hash);
    expect(await hashSlide(write(folder, 'empty.svs', ''))).toMatch(/^[0-9a-f]{64}$/);
    await expect(hashSlide(join(folder, 'absent.svs'))).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('takes the files of a folder together, whatever their names', async () => {
    const slide = join(folder, 'slide');
    mkdirSync(slide);
    write(slide, 'a.dcm', 'one');
    write(slide, 'b.dcm', 'two');
    const hash = await hashSlide(slide);
    expect(slideBytes(slide)).toBe(6);
    renameSync(join(slide, 'a.dcm'), join(slide, 'z.dcm'));
    write(slide, '.hidden', 'three');
    expect(await hashSlide(slide)).toBe(hash);
    write(slide, 'b.dcm', 'owt');
    expect(await hashSlide(slide)).not.toBe(hash);
    expect(slideBytes(join(folder, 'absent'))).toBeUndefined();
  });

  it('samples a huge file: its size, both ends and what lies between count', async () => {
    const sparse = async (size: number, ...marks: number[]): Promise<string> => {
      const path = join(folder, 'huge.svs');
      const descriptor = openSync(path, 'w');
      ftruncateSync(descriptor, size);
      for (const mark of marks) writeSync(descriptor, 'x', mark);
      closeSync(descriptor);
      return hashSlide(path);
    };
    const size = 600 * 2 ** 20;
    const hashes = [await sparse(size), await sparse(size + 1), await sparse(size, 10), await sparse(size, size - 10)];
    expect(new Set(hashes).size).toBe(4);
    expect(await sparse(size)).toBe(hashes[0]);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFeatureWriter, openFeatures } from '../../../src/cohort/features/index.js';
import { writePatches } from '../../../src/cohort/patch-cache.js';
import { openSlide } from '../../../src/slides/open.js';
import { paintSlide, scratchFolder } from './fixtures.js';

/** Bytes the disk still takes. */
const disk = vi.hoisted(() => ({ left: Infinity }));

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  const writeSync = (...args: Parameters<typeof fs.writeSync>): number => {
    const written = fs.writeSync(...args);
    disk.left -= written;
    if (disk.left < 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    return written;
  };
  return { ...fs, writeSync, default: { ...fs, writeSync } };
});

const folder = scratchFolder();
afterEach(() => void (disk.left = Infinity));

describe('a full disk', () => {
  it('stops a feature store before a hole is written, and leaves nothing', async () => {
    const path = join(folder, 'features.h5');
    const writer = await createFeatureWriter(path, 256);
    disk.left = 2 ** 20;
    const rows = new Float32Array(256 * 256).fill(1);
    expect(() => {
      for (let i = 0; i < 10; i++) writer.append(rows);
    }).toThrow(expect.objectContaining({ code: 'disk-full', place: { file: path }, remedy: expect.stringContaining('space') }));
    writer.abandon();
    expect(readdirSync(folder)).toEqual([]);
    disk.left = Infinity;
    const again = await createFeatureWriter(path, 256);
    again.append(rows);
    again.close();
    expect((await openFeatures(path)).count).toBe(256);
  });

  it('stops a patch cache, and leaves nothing', async () => {
    const slide = await openSlide(await paintSlide(folder, 'slide.png', 64));
    const grid = { size0: 32, size: 32, mpp: 1, x: Float64Array.of(0, 32, 0, 32), y: Float64Array.of(0, 0, 32, 32), tissue: new Float32Array(4).fill(1) };
    const file = join(folder, 'slide.patches');
    disk.left = 7000;
    await expect(writePatches(file, slide, grid)).rejects.toMatchObject({ code: 'disk-full', place: { file } });
    expect(readdirSync(folder).filter((name) => name.includes('patches'))).toEqual([]);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readAssociated } from '../../../../src/slides/associated.js';
import { openSlide } from '../../../../src/slides/open.js';
import { openTiffSlide } from '../../../../src/slides/tiff/open.js';
import { reduced, type Picture } from '../../../fixtures/slides/levels.js';
import { writeNdpi, type NdpiOptions } from '../../../fixtures/slides/ndpi.js';
import { restartJpeg, type RestartOptions } from '../../../fixtures/slides/restart-jpeg.js';
import { scratchFolder } from '../fixtures.js';

const folder = scratchFolder();
const picture: Picture = { width: 512, height: 328, colour: (x, y) => [(x * 3) & 255, (y * 5) & 255, ((x >> 5) ^ (y >> 5)) & 1 ? 220 : 30] };

const write = (name: string, options: Partial<NdpiOptions> = {}): Promise<string> => writeNdpi(join(folder, `${name}.ndpi`), picture, { interval: 128, ...options });

/** What libjpeg makes of a level when it decodes it as a whole. */
async function decodedWhole(by: number, options: RestartOptions): Promise<Buffer> {
  const { bytes } = await restartJpeg(reduced(picture, by), options);
  return sharp(bytes).raw().toBuffer();
}

async function expectLevels(path: string, options: RestartOptions): Promise<void> {
  const slide = await openTiffSlide(path);
  const base = slide.levels[0];
  for (const { width, height, downsample } of slide.levels) {
    const pixels = await slide.read({ x: 0, y: 0, width: base.width, height: base.height }, { width, height });
    expect(Buffer.compare(Buffer.from(pixels), await decodedWhole(downsample, options)), `level of ${width} px`).toBe(0);
  }
  await slide.close();
}

describe('NDPI', () => {
  it('is read by its restart intervals: facts, levels and every pixel', async () => {
    const path = await write('plain');
    const slide = await openSlide(path);
    expect(slide).toMatchObject({ format: 'hamamatsu-ndpi', vendor: 'Hamamatsu', compression: 'JPEG', objectivePower: 40, mpp: { x: 0.25, y: 0.25 }, associated: ['macro'] });
    expect(slide.levels.map(({ width, height }) => [width, height])).toEqual([[512, 328], [256, 164], [128, 82]]);
    await slide.close();
    await expectLevels(path, { interval: 128 });
  });

  it('reads a part across intervals as it reads the whole', async () => {
    const slide = await openTiffSlide(await write('part', { interval: 64 }));
    const part = await slide.read({ x: 61, y: 251, width: 200, height: 60 }, { width: 200, height: 60 });
    const whole = await decodedWhole(1, { interval: 64 });
    for (let y = 0; y < 60; y++) expect(Buffer.compare(Buffer.from(part.subarray(y * 600, y * 600 + 600)), whole.subarray(((251 + y) * 512 + 61) * 3, ((251 + y) * 512 + 261) * 3)), `row ${y}`).toBe(0);
    await slide.close();
  });

  it('needs no size in the frame of its JPEG, which large levels lack', async () => expectLevels(await write('unsized', { sized: false }), { interval: 128 }));

  it('reads what lies beyond 4 GB, by links of 64 bits', async () => expectLevels(await write('wide', { gap: 2 ** 32 + 1000 }), { interval: 128 }));

  it('decodes a small level whole where the restart intervals are not listed, and refuses a large one', async () => {
    const path = await write('unlisted', { listed: false, levels: [1] });
    await expectLevels(path, { interval: 128 });
    const bytes = readFileSync(path);
    for (const [tag, value] of [[256, 8192], [257, 5248]]) bytes.writeUInt32LE(value, bytes.indexOf(Buffer.of(tag & 255, tag >> 8, 4, 0, 1, 0, 0, 0)) + 8);
    writeFileSync(path, bytes);
    await expect(openTiffSlide(path)).rejects.toMatchObject({ code: 'slide-format', what: expect.stringContaining('8192 × 5248'), remedy: expect.stringContaining('OpenSlide') });
  });

  it('shows the middle focal plane, and names the others', async () => {
    const path = await write('planes', { planes: [-1, 1] });
    await expectLevels(path, { interval: 128 });
    const slide = await openTiffSlide(path);
    expect(slide.associated).toEqual(['focal plane -1', 'focal plane 1', 'macro']);
    await slide.close();
  });

  it('gives out the macro image where it is asked for', async () => {
    const macro = await readAssociated(await write('macro', { gap: 2 ** 32 }), 'macro');
    expect(macro).toMatchObject({ width: 60, height: 24 });
    for (const [i, value] of [200, 100, 50].entries()) expect(Math.abs(macro!.pixels[i] - value)).toBeLessThanOrEqual(2);
  });

  it('says so where restart intervals lie nowhere, or end without a marker', async () => {
    const path = await write('damaged', { levels: [1] });
    const bytes = readFileSync(path);
    const entry = bytes.indexOf(Buffer.of(65426 & 255, 65426 >> 8, 4, 0));
    const list = bytes.readUInt32LE(entry + 8);
    const second = bytes.readUInt32LE(list + 4);
    for (const [start, problem] of [[0x7fffffff, 'lies at bytes'], [second + 3, 'no marker']] as const) {
      bytes.writeUInt32LE(start, list + 4);
      writeFileSync(path, bytes);
      const slide = await openTiffSlide(path);
      await expect(slide.read({ x: 0, y: 0, width: 10, height: 10 }, { width: 10, height: 10 })).rejects.toMatchObject({ code: 'slide-unreadable', what: expect.stringContaining(problem) });
      await slide.close();
    }
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { HardmineError } from '../../../src/shared/errors.js';
import { slideInfo } from '../../../src/slides/info.js';
import { openSlide } from '../../../src/slides/open.js';
import { resolveMpp } from '../../../src/slides/resolution.js';
import { encoded, paint, ramp, scratchFolder, shared, writeText } from './fixtures.js';

const folder = scratchFolder();
const svs = shared('data/slides/CMU-1-Small-Region.svs');
const jpeg2000 = shared('data/slides/TCGA-CR-7395-01A-01-TS1.svs');
const fluorescence = shared('data/slides/small_vectra.qptiff');

async function failure(promise: Promise<unknown>): Promise<HardmineError> {
  const error: unknown = await promise.then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HardmineError);
  return error as HardmineError;
}

describe('formats', () => {
  it.each([
    ['png', (image: Sharp) => image.png()],
    ['webp', (image: Sharp) => image.webp({ lossless: true })],
    ['tiff', (image: Sharp) => image.tiff({ compression: 'lzw' })],
  ])('reads %s exactly', async (format, encode) => {
    const path = join(folder, `plain.${format}`);
    await encode(paint(40, 30, encoded)).toFile(path);
    const slide = await openSlide(path);
    expect(slide.format).toBe(format);
    expect(slide.levels).toEqual([{ width: 40, height: 30, downsample: 1 }]);
    const pixels = await slide.read({ x: 7, y: 5, width: 20, height: 10 }, { width: 20, height: 10 });
    for (let y = 0; y < 10; y++) for (let x = 0; x < 20; x++) expect([...pixels.subarray((y * 20 + x) * 3, (y * 20 + x) * 3 + 3)]).toEqual(encoded(x + 7, y + 5));
    await slide.close();
  });

  it('reads JPEG, closely', async () => {
    const path = join(folder, 'plain.jpg');
    await paint(64, 64, ramp(64, 64)).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toFile(path);
    const slide = await openSlide(path);
    expect(slide.format).toBe('jpeg');
    const pixels = await slide.read({ x: 0, y: 0, width: 64, height: 64 }, { width: 64, height: 64 });
    for (let i = 0; i < 64 * 64; i++) expect(Math.abs(pixels[3 * i] - ramp(64, 64)(i % 64, Math.floor(i / 64))[0])).toBeLessThanOrEqual(4);
  });

  it('goes by content, not by name', async () => {
    const path = join(folder, 'misnamed.svs');
    await paint(8, 8, encoded).png().toFile(path);
    expect((await openSlide(path)).format).toBe('png');
  });

  it.each([
    ['pages', false],
    ['SubIFDs', true],
  ])('finds the levels of a pyramid of %s, and its resolution', async (_, subifd) => {
    const path = join(folder, `pyramid-${subifd}.tif`);
    // sharp writes reductions as pages; scanners also hang them below the first.
    await paint(1000, 700, ramp(1000, 700)).tiff({ pyramid: true, tile: true, tileWidth: 128, tileHeight: 128, compression: 'deflate', xres: 2000, yres: 2000, resolutionUnit: 'cm' }).toFile(path);
    if (subifd) moveReductionsToSubIfds(path);
    const slide = await openSlide(path);
    expect(slide.format).toBe('pyramidal-tiff');
    expect(slide.levels.map(({ width, height }) => [width, height])).toEqual([[1000, 700], [500, 350], [250, 175], [125, 87]].slice(0, slide.levels.length));
    expect(slide.levels.length).toBeGreaterThanOrEqual(3);
    expect(slide.levels[2].downsample).toBeCloseTo(4, 5);
    expect(slide.mpp!.x).toBeCloseTo(0.5, 6);
    const pixels = await slide.read({ x: 200, y: 100, width: 400, height: 400 }, { width: 100, height: 100 });
    // Output pixel (10, 20) spans level-0 columns 240–244, whose centre is 242.
    expect(Math.abs(pixels[(20 * 100 + 10) * 3] - (242 / 1000) * 255)).toBeLessThanOrEqual(1);
    expect(Math.abs(pixels[(20 * 100 + 10) * 3 + 1] - (182 / 700) * 255)).toBeLessThanOrEqual(1);
  });

  it('does not believe a screen resolution', async () => {
    const path = join(folder, 'screen.tif');
    await paint(10, 10, encoded).tiff({ xres: 2.83, yres: 2.83 }).toFile(path);
    const slide = await openSlide(path);
    expect(slide.mpp).toBeUndefined();
    expect(() => resolveMpp(slide)).toThrow(expect.objectContaining({ code: 'mpp-unknown', remedy: expect.stringContaining('mpp') }));
    expect(resolveMpp(slide, 0.3)).toBe(0.3);
  });

  it('takes the resolution of a PNG that states one', async () => {
    const path = join(folder, 'dense.png');
    await paint(10, 10, encoded).withMetadata({ density: 50800 }).png().toFile(path);
    expect(resolveMpp(await openSlide(path))).toBeCloseTo(0.5, 3);
  });

  it('turns transparency white, grey and 16 bits into 8-bit RGB', async () => {
    const clear = join(folder, 'clear.png');
    await sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0 } } }).png().toFile(clear);
    expect(new Set(await (await openSlide(clear)).read({ x: 0, y: 0, width: 4, height: 4 }, { width: 4, height: 4 }))).toEqual(new Set([255]));
    const deep = join(folder, 'deep.png');
    await sharp(new Uint16Array(16).fill(0x8080), { raw: { width: 4, height: 4, channels: 1 } }).toColourspace('grey16').png().toFile(deep);
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const pixels = await (await openSlide(deep)).read({ x: 0, y: 0, width: 4, height: 4 }, { width: 4, height: 4 });
    expect(pixels).toHaveLength(48);
    expect(new Set(pixels)).toEqual(new Set([128]));
  });

  it.skipIf(!svs)('reads Aperio SVS: levels, resolution, power, and only the names of label and macro', async () => {
    const info = await slideInfo(svs!);
    expect(info).toMatchObject({ format: 'aperio-svs', width: 2220, height: 2967, mpp: { x: 0.499, y: 0.499 }, objectivePower: 20, associatedImages: ['thumbnail', 'label', 'macro'] });
    expect(info.levels).toHaveLength(1);
    const slide = await openSlide(svs!);
    const glass = await slide.read({ x: 0, y: 2000, width: 100, height: 100 }, { width: 1, height: 1 });
    expect(Math.min(...glass)).toBeGreaterThan(225);
    // Tissue is pink, not green: the JPEG tiles hold RGB, not YCbCr.
    const [r, g, b] = await slide.read({ x: 1000, y: 2000, width: 200, height: 200 }, { width: 1, height: 1 });
    expect(r).toBeGreaterThan(g + 20);
    expect(b).toBeGreaterThan(g + 10);
  });

  it.skipIf(!jpeg2000)('reads Aperio SVS of JPEG 2000', async () => {
    const slide = await openSlide(jpeg2000!);
    expect([slide.format, slide.vendor, slide.compression, slide.icc, slide.mpp]).toEqual(['aperio-svs', 'Aperio', 'JPEG 2000', true, undefined]);
    expect(slide.levels.map(({ width, height }) => [width, height])).toEqual([[4443, 3567], [2221, 1783]]);
    const [r, g, b] = await slide.read({ x: 1000, y: 1000, width: 800, height: 800 }, { width: 1, height: 1 });
    expect(r).toBeGreaterThan(g + 10);
    expect(b).toBeGreaterThan(g + 10);
    await slide.close();
  });

  it.skipIf(!fluorescence)('refuses the separate channels of fluorescence, by their names', async () => {
    const error = await failure(openSlide(fluorescence!));
    expect(error.code).toBe('slide-format');
    expect(error.what).toContain('3 separate channels (DAPI, FITC, Cy3)');
  });
});

describe('bad files', () => {
  it('says what is missing, empty, a folder, or no image', async () => {
    expect(await failure(openSlide(join(folder, 'nowhere.png')))).toMatchObject({ code: 'slide-missing' });
    expect(await failure(openSlide(folder))).toMatchObject({ code: 'slide-format' });
    expect(await failure(openSlide(writeText(folder, 'empty.svs', '')))).toMatchObject({ code: 'slide-unreadable' });
    const error = await failure(openSlide(writeText(folder, 'text.svs', 'these are no pixels, whatever the name says')));
    expect(error).toMatchObject({ code: 'slide-unreadable' });
    expect(error.message).toContain('text.svs');
    expect(error.remedy).toBeTruthy();
  });

  it.each(['png', 'jpeg', 'webp', 'tiff'] as const)('says so when a %s is cut short', async (format) => {
    const whole = join(folder, `whole.${format}`);
    await paint(600, 600, (x, y) => [(x * 7919) & 255, (y * 104729) & 255, (x * y) & 255]).toFormat(format).toFile(whole);
    const bytes = readFileSync(whole);
    const cut = join(folder, `cut.${format}`);
    writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length / 2)));
    const error = await failure(openSlide(cut).then((slide) => slide.read({ x: 0, y: 0, width: 600, height: 600 }, { width: 600, height: 600 })));
    expect(error.code).toBe('slide-unreadable');
    expect(error.place.file).toBe(cut);
  });
});

/** Rewrites a page pyramid so that the reductions hang below the first page, as OME and some scanners have it. */
function moveReductionsToSubIfds(path: string): void {
  const bytes = readFileSync(path);
  const offsets: number[] = [];
  for (let offset = bytes.readUInt32LE(4); offset !== 0; ) {
    offsets.push(offset);
    offset = bytes.readUInt32LE(offset + 2 + 12 * bytes.readUInt16LE(offset));
  }
  const count = bytes.readUInt16LE(offsets[0]);
  const entries = Array.from({ length: count }, (_, i) => bytes.subarray(offsets[0] + 2 + 12 * i, offsets[0] + 14 + 12 * i));
  const subIfds = Buffer.alloc(12);
  subIfds.writeUInt16LE(330, 0);
  subIfds.writeUInt16LE(4, 2);
  subIfds.writeUInt32LE(offsets.length - 1, 4);
  const directory = Buffer.alloc(2 + 12 * (count + 1) + 4);
  const list = Buffer.alloc(4 * (offsets.length - 1));
  offsets.slice(1).forEach((offset, i) => list.writeUInt32LE(offset, 4 * i));
  const start = bytes.length + (bytes.length % 2);
  subIfds.writeUInt32LE(start + directory.length, 8);
  directory.writeUInt16LE(count + 1, 0);
  [...entries, subIfds].sort((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0)).forEach((entry, i) => entry.copy(directory, 2 + 12 * i));
  for (const offset of offsets.slice(1)) bytes.writeUInt32LE(0, offset + 2 + 12 * bytes.readUInt16LE(offset));
  bytes.writeUInt32LE(start, 4);
  writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(bytes.length % 2), directory, list]));
}

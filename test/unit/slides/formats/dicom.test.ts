import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readAssociated } from '../../../../src/slides/associated.js';
import type { Slide } from '../../../../src/slides/contract.js';
import { openSlide } from '../../../../src/slides/open.js';
import { dicomFile, syntaxes, writeDicom, type DicomFixture } from '../../../fixtures/dicom.js';
import { jpeg2000Pixel, jpeg2000Tiles } from '../../../fixtures/jpeg2000-tiles.js';
import { encoded, scratchFolder, shared } from '../fixtures.js';

type Colour = (x: number, y: number) => readonly [number, number, number];

const scratch = scratchFolder();
const folder = (): string => mkdtempSync(join(scratch, 'slide-'));

/** Level of 300 × 200 pixels in frames of 64: neither side a multiple. */
const size = { width: 300, height: 200, tile: 64 };

test('a raw pyramid in a folder: levels, places, resolution and what stands beside', async () => {
  const path = folder();
  writeDicom(path, 'b.dcm', { ...size, frames: framesOf(size, encoded), spacing: [0.0005, 0.00025], power: 40 });
  const half = { width: 150, height: 100, tile: 64 };
  writeDicom(path, 'a.dcm', { ...half, frames: framesOf(half, (x, y) => [x, y, 7]), spacing: [0.001, 0.0005] });
  const label = { width: 40, height: 30, tile: 64 };
  writeDicom(path, 'c.dcm', { ...label, frames: framesOf(label, () => [9, 9, 9]), flavour: 'LABEL' });
  writeFileSync(join(path, 'notes.txt'), 'not a slide');
  await using(path, async (slide) => {
    expect(slide).toMatchObject({ format: 'dicom', vendor: 'Test Scanner', compression: 'none', mpp: { x: 0.25, y: 0.5 }, objectivePower: 40, associated: ['label'] });
    expect(slide.levels).toEqual([{ width: 300, height: 200, downsample: 1 }, { width: 150, height: 100, downsample: 2 }]);
    await showsEverywhere(slide, encoded);
    expect([...(await slide.read({ x: 100, y: 60, width: 2, height: 2 }, { width: 1, height: 1 }))]).toEqual([50, 30, 7]);
    // Beyond the edge.
    expect([...(await slide.read({ x: 299, y: 199, width: 2, height: 1 }, { width: 2, height: 1 }))]).toEqual([...encoded(299, 199), 255, 255, 255]);
  });
  const image = await readAssociated(path, 'label');
  expect(image).toMatchObject({ width: 40, height: 30 });
  expect(new Set(image!.pixels)).toEqual(new Set([9]));
  expect(await readAssociated(path, 'macro')).toBeUndefined();
  // One of its files stands for all of them.
  await using(join(path, 'a.dcm'), (slide) => {
    expect(slide.levels.length).toBe(2);
    return Promise.resolve();
  });
});

const variants: readonly (readonly [string, Partial<DicomFixture>])[] = [
  ['implicit value representations', { syntax: syntaxes.implicit }],
  ['delimited sequences', { delimited: true, spacing: [0.0005, 0.0005] }],
  ['delimited sequences, implicit', { syntax: syntaxes.implicit, delimited: true, spacing: [0.0005, 0.0005] }],
  ['no organization told, places told', { organization: null, positions: positionsOf(size) }],
];
for (const [name, variant] of variants) {
  test(`raw frames are read the same: ${name}`, async () => {
    const path = writeDicom(folder(), 'slide.dcm', { ...size, frames: framesOf(size, encoded), ...variant });
    await using(path, (slide) => showsEverywhere(slide, encoded));
  });
}

test('frames whose order is not told: the one in which edge frames are padded beyond the matrix', async () => {
  const frames = framesOf(size, encoded);
  const inColumns = Array.from({ length: 20 }, (_, i) => frames[(i % 4) * 5 + Math.floor(i / 4)]);
  for (const order of [frames, inColumns]) await using(writeDicom(folder(), 'slide.dcm', { ...size, frames: order, organization: null }), (slide) => showsEverywhere(slide, encoded));
  const blank = writeDicom(folder(), 'slide.dcm', { ...size, frames: framesOf(size, () => [0, 0, 0]), organization: null });
  await expect(openSlide(blank)).rejects.toMatchObject({ code: 'slide-unreadable', message: expect.stringContaining('in which order') });
});

test('samples plane by plane', async () => {
  const frames = framesOf(size, encoded).map((frame) => Buffer.concat([0, 1, 2].map((channel) => Buffer.from(frame.filter((_, i) => i % 3 === channel)))));
  await using(writeDicom(folder(), 'slide.dcm', { ...size, frames, planar: true }), (slide) => showsEverywhere(slide, encoded));
});

for (const delimited of [false, true]) {
  test(`sparse frames lie where their places say, glass where there are none${delimited ? '; delimited' : ''}`, async () => {
    const places = positionsOf(size);
    const frames = framesOf(size, encoded);
    // Reversed, and without the second column.
    const kept = places.map((place, i) => ({ place, frame: frames[i] })).filter(({ place }) => place[0] !== 65).reverse();
    const path = writeDicom(folder(), 'slide.dcm', { ...size, frames: kept.map(({ frame }) => frame), positions: kept.map(({ place }) => place), organization: 'TILED_SPARSE', delimited });
    await using(path, (slide) => showsEverywhere(slide, (x, y) => (x >= 64 && x < 128 ? [255, 255, 255] : encoded(x, y))));
  });
}

for (const [offsets, fragments] of [['basic', 1], ['basic', 3], ['extended', 1], ['none', 1], ['none', 2]] as const) {
  test(`JPEG frames: ${offsets} offset table, ${fragments} fragments`, async () => {
    const frames = await jpegFrames(size, '4:2:0');
    const path = writeDicom(folder(), 'slide.dcm', { ...size, frames, syntax: syntaxes.jpeg, photometric: 'YBR_FULL_422', offsets, fragments });
    await using(path, async (slide) => {
      expect(slide.compression).toBe('JPEG');
      await showsDecoded(slide, frames);
    });
  });
}

test('JPEG that holds RGB, as the photometric interpretation says and no marker does', async () => {
  // YCbCr of sharp's, which writes no marker, taken for RGB: the decoded values are then the stored ones.
  const frames = await jpegFrames(size, '4:4:4');
  const rgb = writeDicom(folder(), 'slide.dcm', { ...size, frames, syntax: syntaxes.jpeg, photometric: 'RGB' });
  const ycc = writeDicom(folder(), 'slide.dcm', { ...size, frames, syntax: syntaxes.jpeg, photometric: 'YBR_FULL_422' });
  const [stored, shown] = [await whole(rgb), await whole(ycc)];
  const [y, cb, cr] = stored;
  const luma = 0.299 * shown[0] + 0.587 * shown[1] + 0.114 * shown[2];
  expect(Math.abs(y - luma)).toBeLessThan(2);
  expect(Math.abs(cb - (128 + 0.564 * (shown[2] - luma)))).toBeLessThan(2);
  expect(Math.abs(cr - (128 + 0.713 * (shown[0] - luma)))).toBeLessThan(2);
  // JFIF is YCbCr, whatever the data set claims.
  const jfif = writeDicom(folder(), 'slide.dcm', { ...size, frames: frames.map(withJfif), syntax: syntaxes.jpeg, photometric: 'RGB' });
  expect(Buffer.compare(await whole(jfif), shown)).toBe(0);
});

test('JPEG 2000 frames, without loss', async () => {
  const path = writeDicom(folder(), 'slide.dcm', { width: 60, height: 32, tile: 32, frames: jpeg2000Tiles, syntax: syntaxes.jpeg2000, photometric: 'YBR_RCT' });
  await using(path, async (slide) => {
    expect(slide.compression).toBe('JPEG 2000');
    await showsEverywhere(slide, jpeg2000Pixel);
  });
});

test('a concatenation is one level, whatever the order of its files', async () => {
  const frames = framesOf(size, encoded);
  const path = folder();
  const part = (name: string, from: number, to: number): string => writeDicom(path, name, { ...size, frames: frames.slice(from, to), concatenation: { uid: '1.9', firstFrame: from } });
  part('z.dcm', 0, 7);
  part('a.dcm', 7, 12);
  part('m.dcm', 12, 20);
  await using(path, async (slide) => {
    expect(slide.levels.length).toBe(1);
    await showsEverywhere(slide, encoded);
  });
  writeFileSync(join(path, 'a.dcm'), 'gone');
  await expect(openSlide(path)).rejects.toMatchObject({ code: 'slide-unreadable', message: expect.stringContaining('a part of a level is missing') });
});

test('the resolution: spacing of pixels, else the imaged volume where its pixels come out square', async () => {
  const frames = framesOf(size, encoded);
  const mppOf = (fixture: Partial<DicomFixture>): Promise<Slide['mpp']> => using(writeDicom(folder(), 'slide.dcm', { ...size, frames, ...fixture }), (slide) => Promise.resolve(slide.mpp));
  const mpp = await mppOf({ volume: [0.15, 0.1] });
  expect(mpp?.x).toBeCloseTo(0.5);
  expect(mpp?.y).toBeCloseTo(0.5);
  expect(await mppOf({ volume: [0.15, 0.15] })).toBeUndefined();
  expect(await mppOf({ spacing: [1, 1] })).toBeUndefined();
});

test('what cannot be read says so', async () => {
  const frames = framesOf(size, encoded);
  const refusal = async (fixture: Partial<DicomFixture>): Promise<string> => openSlide(writeDicom(folder(), 'slide.dcm', { ...size, frames, ...fixture })).then(() => 'opened', String);
  expect(await refusal({ sopClass: '1.2.840.10008.5.1.4.1.1.2' })).toContain('no whole-slide image');
  expect(await refusal({ syntax: '1.2.840.10008.1.2.4.80' })).toContain('JPEG-LS');
  expect(await refusal({ samples: 1, photometric: 'MONOCHROME2' })).toContain('one channel');
  expect(await refusal({ focalPlanes: 3 })).toContain('3 focal planes');
  expect(await refusal({ opticalPaths: 2 })).toContain('2 optical paths');
  expect(await refusal({ frames: [...frames, ...frames] })).toContain('several focal planes');
  expect(await refusal({ frames: frames.slice(1) })).toContain('a level of 5 × 4 frames holds 19');
  expect(await refusal({ flavour: 'LABEL' })).toContain('VOLUME');
  expect(await refusal({ organization: 'TILED_SPARSE', positions: frames.map((_, i) => [1 + i, 1]) })).toContain('side by side');
});

test('a folder of two slides, and one of none', async () => {
  const path = folder();
  await expect(openSlide(path)).rejects.toMatchObject({ code: 'slide-format', message: expect.stringContaining('without a DICOM slide') });
  writeDicom(path, 'a.dcm', { ...size, frames: framesOf(size, encoded), series: '1.1' });
  const b = writeDicom(path, 'b.dcm', { ...size, frames: framesOf(size, () => [1, 2, 3]), series: '1.2' });
  symlinkSync('loop', join(path, 'loop'));
  mkdirSync(join(path, 'c.dcm'));
  await expect(openSlide(path)).rejects.toMatchObject({ code: 'slide-format', message: expect.stringContaining('2 DICOM slides') });
  // A file still names one of them.
  await using(b, (slide) => showsEverywhere(slide, () => [1, 2, 3]));
});

test('a file cut short is refused, wherever it ends', async () => {
  const bytes = dicomFile({ ...size, frames: await jpegFrames(size, '4:2:0'), syntax: syntaxes.jpeg, spacing: [0.0005, 0.0005] });
  const path = join(folder(), 'slide.dcm');
  for (let length = 133; length < bytes.length; length += 97) {
    writeFileSync(path, bytes.subarray(0, length));
    const error = await whole(path).then(() => undefined, (thrown: unknown) => thrown);
    expect(error, `cut to ${length} bytes`).toMatchObject({ code: 'slide-unreadable' });
  }
  writeFileSync(path, bytes);
  truncateSync(path, 131);
  await expect(openSlide(path)).rejects.toMatchObject({ name: 'HardmineError' });
});

const real = shared('data/slides/highdicom_sm_image.dcm');
test.skipIf(!real)('an instance of another program: skipped where the shared data is missing', async () => {
  const path = join(folder(), 'slide.dcm');
  copyFileSync(real!, path);
  await using(path, async (slide) => {
    expect(slide).toMatchObject({ format: 'dicom', mpp: { x: 0.499, y: 0.499 }, levels: [{ width: 50, height: 50 }] });
    // Raw frames of 10 × 10, row by row, are the end of the file.
    const frames = readFileSync(path).subarray(-7500);
    expect([...(await slide.read({ x: 23, y: 37, width: 1, height: 1 }, { width: 1, height: 1 }))]).toEqual([...frames.subarray((3 * 5 + 2) * 300 + (7 * 10 + 3) * 3).subarray(0, 3)]);
  });
});

async function using<Result>(path: string, look: (slide: Slide) => Promise<Result>): Promise<Result> {
  const slide = await openSlide(path);
  try {
    return await look(slide);
  } finally {
    await slide.close();
  }
}

async function whole(path: string): Promise<Buffer> {
  return using(path, async (slide) => Buffer.from(await slide.read({ x: 0, y: 0, ...slide.levels[0] }, slide.levels[0])));
}

async function showsEverywhere(slide: Slide, colour: Colour): Promise<void> {
  const [{ width, height }] = slide.levels;
  const pixels = await slide.read({ x: 0, y: 0, width, height }, { width, height });
  const expected = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) expected.set(colour(x, y), (y * width + x) * 3);
  expect(Buffer.compare(Buffer.from(pixels), expected)).toBe(0);
}

/** Each frame shows what sharp makes of it alone. */
async function showsDecoded(slide: Slide, frames: readonly Uint8Array[]): Promise<void> {
  const [{ width, height }] = slide.levels;
  const columns = Math.ceil(width / size.tile);
  for (const [i, frame] of frames.entries()) {
    const [x, y] = [(i % columns) * size.tile, Math.floor(i / columns) * size.tile];
    const region = { width: Math.min(size.tile, width - x), height: Math.min(size.tile, height - y) };
    const decoded = await sharp(frame).extract({ left: 0, top: 0, ...region }).raw().toBuffer();
    expect(Buffer.compare(Buffer.from(await slide.read({ x, y, ...region }, region)), decoded), `frame ${i}`).toBe(0);
  }
}

function positionsOf({ width, height, tile }: typeof size): [number, number][] {
  const columns = Math.ceil(width / tile);
  return Array.from({ length: columns * Math.ceil(height / tile) }, (_, i) => [(i % columns) * tile + 1, Math.floor(i / columns) * tile + 1]);
}

/** RGB frames row by row; beyond the matrix they are black. */
function framesOf({ width, height, tile }: typeof size, colour: Colour): Buffer[] {
  return positionsOf({ width, height, tile }).map(([left, top]) => {
    const frame = Buffer.alloc(tile * tile * 3);
    for (let y = 0; y < tile && top - 1 + y < height; y++) for (let x = 0; x < tile && left - 1 + x < width; x++) frame.set(colour(left - 1 + x, top - 1 + y), (y * tile + x) * 3);
    return frame;
  });
}

function jpegFrames(level: typeof size, chromaSubsampling: string): Promise<Buffer[]> {
  const smooth = framesOf(level, (x, y) => [x % 200, y, (x + y) >> 1]);
  return Promise.all(smooth.map((frame) => sharp(frame, { raw: { width: level.tile, height: level.tile, channels: 3 } }).jpeg({ quality: 95, chromaSubsampling }).toBuffer()));
}

/** With the marker of JFIF, which says YCbCr. */
function withJfif(jpeg: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from('ffe000104a46494600010100000100010000', 'hex'), jpeg.subarray(2)]);
}

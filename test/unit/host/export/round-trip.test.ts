import { fromFile } from 'geotiff';
import type { FeatureCollection, Polygon } from 'geojson';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { exportQupath } from '../../../../src/host/export/annotations.js';
import { exportHeatmap } from '../../../../src/host/export/heatmap.js';
import { slideScores } from '../../../../src/host/export/slide-scores.js';
import { tilingSchema } from '../../../../src/shared/experiment/data.js';
import { Random } from '../../../../src/shared/random.js';
import type { Slide, TileGrid } from '../../../../src/slides/contract.js';
import { buildTileGrid } from '../../../../src/slides/grid.js';
import { openSlide } from '../../../../src/slides/open.js';
import { findOpenSlide } from '../../../../src/slides/openslide/library.js';
import { readPatches } from '../../../../src/slides/patches.js';
import { writeScores } from '../../../../src/training/tables.js';
import { makeRun } from '../../report/fixtures.js';
import { syntaxes, writeDicom } from '../../../fixtures/dicom.js';
import { scannerSlides } from '../../../fixtures/slides/index.js';
import { encodeJpeg2000 } from '../../../fixtures/slides/jpeg2000.js';
import { partOf, type Colour } from '../../../fixtures/slides/levels.js';
import { paint } from '../../slides/fixtures.js';
import { writeTiff, type TiffPage } from '../../slides/tiff.js';
import { temporaryFolder } from '../run/fixtures.js';

/** Writes a slide of `width` × `height` pixels into a folder. @returns its path. */
type Write = (folder: string, colour: Colour) => Promise<string>;

/** How a slide of that size is written. */
interface Format {
  readonly write: Write;
  readonly width: number;
  readonly height: number;
}

const byEncoder = (ending: string, encode: (image: Sharp) => Sharp): Write => async (folder, colour) => {
  const path = join(folder, `marked.${ending}`);
  await encode(paint(width, height, colour)).toFile(path);
  return path;
};

/** A level of a hand-made TIFF: each pixel has the colour of its middle. */
const level = (by: number, colour: Colour): TiffPage => ({ width: Math.ceil(width / by), height: Math.ceil(height / by), tile: 64, colour: (x, y) => colour(Math.min(width - 1, Math.floor((x + 0.5) * by)), Math.min(height - 1, Math.floor((y + 0.5) * by))) });

/** The frames of a slide, row by row. */
function framesOf(tile: number, colour: Colour, across = width, down = height): Uint8Array[] {
  const [columns, rows] = [Math.ceil(across / tile), Math.ceil(down / tile)];
  return Array.from({ length: columns * rows }, (_, i) => {
    const frame = new Uint8Array(3 * tile * tile);
    for (let p = 0; p < tile * tile; p++) frame.set(colour((i % columns) * tile + (p % tile), Math.floor(i / columns) * tile + Math.floor(p / tile)), 3 * p);
    return frame;
  });
}

const ome = '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ID="P:0" SizeX="1111" SizeY="770" SizeC="3" SizeZ="1" SizeT="1" PhysicalSizeX="0.25" PhysicalSizeY="0.25"><Channel ID="C" SamplesPerPixel="3"/><TiffData/></Pixels></Image></OME>';
const qpi = (type: string): string => `<?xml version="1.0"?><PerkinElmer-QPI-ImageDescription><ImageType>${type}</ImageType><Objective>40x</Objective></PerkinElmer-QPI-ImageDescription>`;

/** Level 0 and a reduced level of an Aperio slide in JPEG 2000, of RGB or of grey in YCbCr, which is the same numbers. */
const aperioJpeg2000 = (compression: 33003 | 33005): Write => async (folder, colour) => {
  const tile = 64;
  const pages = await Promise.all([1, 4].map(async (by) => {
    const reduced = level(by, colour);
    const columns = Math.ceil(reduced.width / tile);
    const tiles = Array.from({ length: columns * Math.ceil(reduced.height / tile) }, (_, i) => partOf(reduced, (i % columns) * tile, Math.floor(i / columns) * tile, tile, tile));
    const packed: Buffer[] = [];
    for (const pixels of tiles) packed.push(await encodeJpeg2000(compression === 33005 ? pixels : greyAsYcc(pixels), tile, tile));
    return { ...reduced, tile, compression, pack: (_: Buffer, index: number) => packed[index]!, description: `Aperio Image Library v1.0${by === 1 ? '|AppMag = 40|MPP = 0.25' : ''}` };
  }));
  return writeTiff(join(folder, 'marked.svs'), pages);
};

/** Of grey pixels: their brightness, without colour. */
const greyAsYcc = (pixels: Uint8Array): Uint8Array => pixels.map((value, i) => (i % 3 === 0 ? value : 128));

/** How a slide is written in each format we read ourselves; another format is one more line. */
const own: Readonly<Record<string, Write>> = {
  'Aperio SVS, JPEG 2000 of RGB (33005)': aperioJpeg2000(33005),
  'Aperio SVS, JPEG 2000 of YCbCr (33003)': aperioJpeg2000(33003),
  'DICOM WSI, JPEG': async (folder, colour) => writeDicom(folder, 'marked.dcm', { width, height, tile: 128, frames: await Promise.all(framesOf(128, colour).map((frame) => sharp(frame, { raw: { width: 128, height: 128, channels: 3 } }).jpeg({ quality: 95 }).toBuffer())), syntax: syntaxes.jpeg, photometric: 'YBR_FULL_422', spacing: [0.00025, 0.00025] }),
  PNG: byEncoder('png', (image) => image.png()),
  'TIFF in strips': byEncoder('tif', (image) => image.tiff({ compression: 'lzw' })),
  'TIFF pyramid': byEncoder('tif', (image) => image.tiff({ tile: true, tileWidth: 256, tileHeight: 256, pyramid: true, compression: 'deflate' })),
  'TIFF pyramid, JPEG, BigTIFF': byEncoder('tif', (image) => image.tiff({ tile: true, tileWidth: 256, tileHeight: 256, pyramid: true, compression: 'jpeg', quality: 95, bigtiff: true })),
  'Aperio SVS': async (folder, colour) => writeTiff(join(folder, 'marked.svs'), [{ ...level(1, colour), description: 'Aperio Image Library v1.0|AppMag = 40|MPP = 0.25' }, { ...level(4, colour), description: 'Aperio Image Library v1.0' }]),
  'WebP': byEncoder('webp', (image) => image.webp({ lossless: true })),
  'OME-TIFF with SubIFDs': async (folder, colour) => writeTiff(join(folder, 'marked.ome.tif'), [{ ...level(1, colour), description: ome, subIfds: [{ ...level(2, colour), subfileType: 1 }, { ...level(4, colour), subfileType: 1 }] }]),
  'QPTIFF': async (folder, colour) => writeTiff(join(folder, 'marked.qptiff'), [{ ...level(1, colour), description: qpi('FullResolution') }, { ...level(2, colour), subfileType: 1, description: qpi('ReducedResolution') }]),
  'DICOM WSI, a folder of two levels': async (folder, colour) => {
    const series = join(folder, 'series');
    mkdirSync(series);
    const half = (length: number): number => Math.ceil(length / 2);
    const coarse = level(2, colour).colour;
    writeDicom(series, 'fine.dcm', { width, height, tile: 128, frames: framesOf(128, colour), spacing: [slideMpp / 1000, slideMpp / 1000] });
    writeDicom(series, 'coarse.dcm', { width: half(width), height: half(height), tile: 128, frames: framesOf(128, coarse, half(width), half(height)), spacing: [slideMpp / 500, slideMpp / 500] });
    return series;
  },
  'DICOM WSI': async (folder, colour) => writeDicom(folder, 'marked.dcm', { width, height, tile: 128, frames: framesOf(128, colour), spacing: [0.00025, 0.00025] }),
};

/** Level-0 pixels; µm/px of level 0. */
const [width, height, slideMpp] = [1111, 770, 0.25];

/** Those of scanners are made of whole tiles. NDPI we read ourselves; the others are left out where OpenSlide is not installed. */
const { library } = await findOpenSlide();
const scanners = Object.entries(scannerSlides).filter(([name]) => library !== undefined || name.endsWith('NDPI'));
const formats: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(Object.entries(own).map(([name, write]): [string, Format] => [name, { write, width, height }])),
  ...Object.fromEntries(scanners.map(([name, scanner]): [string, Format] => [name, { write: async (folder, colour) => scanner.write(folder, { width: 1024, height: 512, colour }), width: 1024, height: 512 }])),
};
/** Patches of 16 px are 16, 32, 23.68 and 43 level-0 pixels large. */
const resolutions = [0.25, 0.5, 0.37, 0.671875];

/** The places of a grid, some of them marked. */
interface Marked {
  readonly size0: number;
  /** Of them in a row. */
  readonly columns: number;
  readonly places: readonly { readonly x: number; readonly y: number; readonly marked: boolean }[];
}

function mark(mpp: number, { width, height }: Format): Marked {
  const random = new Random(Math.round(1000 * mpp));
  const size0 = (16 * mpp) / slideMpp;
  const [columns, rows] = [width, height].map((length) => Math.floor(length / size0 + 1e-6)) as [number, number];
  return { size0, columns, places: Array.from({ length: columns * rows }, (_, i) => ({ x: (i % columns) * size0, y: Math.floor(i / columns) * size0, marked: random.uniform() < 0.3 })) };
}

/** Whether a point of level 0 lies in a marked place: computed from the places alone, without anything under test. */
function isMarked({ size0, columns, places }: Marked, x: number, y: number): boolean {
  const [column, row] = [Math.floor(x / size0), Math.floor(y / size0)];
  return column < columns && (places[row * columns + column]?.marked ?? false);
}

/** How bright each patch is, 0–255. */
async function look(slide: Slide, grid: TileGrid): Promise<Float32Array> {
  const means = new Float32Array(grid.x.length);
  for await (const { index, pixels } of readPatches(slide, grid)) means[index] = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  return means;
}

/** Writes a run whose scores are what `look` saw. */
function scored(root: string, path: string, { x, y, size0 }: TileGrid, score: Float32Array): string {
  const run = makeRun(root, [{ id: 'marked', path, label: 1 }, { id: 'a', path: '', label: 0 }, { id: 'b', path: '', label: 0 }], { rounds: 1, bank: false, cohort: { classes: ['0', '1'] } });
  writeFileSync(join(root, 'cohort.csv'), `slide_id,path,label,patient_id,mpp\nmarked,${path},1,p,${slideMpp}\n`);
  mkdirSync(join(run, 'rounds/01'), { recursive: true });
  const count = x.length;
  const of = <T>(value: T): T[] => new Array<T>(count).fill(value);
  const columns = { slide: of('marked'), split: of('test'), label: new Int32Array(count).fill(1), x, y, size: new Float64Array(count).fill(size0), score, logit: score, attention: score, rank: Int32Array.from(score, (_, i) => i + 1), role: Array.from(score, (value) => (value === 1 ? 'positive' : 'none')), truth: new Int32Array(count).fill(-1) };
  writeScores(join(run, 'test-scores.parquet'), columns);
  return run;
}

describe.each(Object.entries(formats))('%s', (_, format) => {
  it.each(resolutions)('finds a pattern again where it was drawn, patches at %f µm/px', async (mpp) => {
    const root = temporaryFolder();
    const drawn = mark(mpp, format);
    const path = await format.write(root, (x, y) => (isMarked(drawn, x + 0.5, y + 0.5) ? [20, 20, 20] : [235, 235, 235]));
    const slide = await openSlide(path);
    const grid = await buildTileGrid(slide, slideMpp, tilingSchema.parse({ mpp, size: 16, tissue: { method: 'none' } }));
    const means = await look(slide, grid);
    // A pixel beside its place would change a patch beside another of the other colour by 13 grey levels.
    if (mpp === slideMpp) for (const [i, { marked }] of drawn.places.entries()) expect(Math.abs(means[i]! - (marked ? 20 : 235)), `patch ${i}`).toBeLessThanOrEqual(3);
    const dark = means.map((mean) => (mean < 128 ? 1 : 0));
    expect([...dark]).toEqual(drawn.places.map(({ marked }) => (marked ? 1 : 0)));

    const scores = await slideScores(scored(root, path, grid, dark), 'marked', undefined);
    const geojson = join(root, 'marked.geojson');
    await exportQupath(geojson, scores, undefined);
    const { features } = JSON.parse(readFileSync(geojson, 'utf8')) as FeatureCollection<Polygon, { measurements: { score: number } }>;
    const squares = drawn.places.map(({ x, y, marked }) => [[x, y], [x + grid.size0, y + grid.size0], marked ? 1 : 0]);
    expect(features.map(({ geometry, properties }) => [geometry.coordinates[0]![0], geometry.coordinates[0]![2], properties.measurements.score])).toEqual(squares);

    for (const level of slide.levels.keys()) await expectHeat(root, scores, slide, drawn, { level });
    await expectHeat(root, scores, slide, drawn, { downsample: 3 });
    await slide.close();
  });
});

/** Compares the heatmap, pixel by pixel, with what was drawn at the centres of its pixels. */
async function expectHeat(root: string, scores: Parameters<typeof exportHeatmap>[1], slide: Slide, drawn: Marked, size: { level: number } | { downsample: number }): Promise<void> {
  const [tiff, png] = ['heat.ome.tif', 'heat.png'].map((name) => join(root, name)) as [string, string];
  const frame = await exportHeatmap(tiff, scores, slide, { measure: 'score', scale: 'absolute', ...size });
  await exportHeatmap(png, scores, slide, { measure: 'score', scale: 'absolute', ...size });
  if ('level' in size) expect(frame).toMatchObject({ width: slide.levels[size.level]!.width, height: slide.levels[size.level]!.height });
  const file = await fromFile(tiff);
  const image = await file.getImage();
  const values = (await image.readRasters({ interleave: true })) as unknown as Float32Array;
  const xml = String(await image.fileDirectory.loadValue('ImageDescription'));
  await file.close();
  const physical = ['X', 'Y'].map((axis) => Number(new RegExp(`PhysicalSize${axis}="([^"]+)"`).exec(xml)?.[1]));
  expect(physical).toEqual([slideMpp * frame.scaleX, slideMpp * frame.scaleY]);
  const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const right = Math.max(...drawn.places.map(({ x }) => x)) + drawn.size0;
  const bottom = Math.max(...drawn.places.map(({ y }) => y)) + drawn.size0;
  let wrong = 0;
  for (let row = 0; row < frame.height; row++) {
    for (let column = 0; column < frame.width; column++) {
      const [x, y] = [(column + 0.5) * frame.scaleX, (row + 0.5) * frame.scaleY];
      const at = row * frame.width + column;
      const expected = x >= right || y >= bottom ? NaN : isMarked(drawn, x, y) ? 1 : 0;
      if (!Object.is(values[at], expected) || data[4 * at + 3] !== (Number.isNaN(expected) ? 0 : 255) || (data[4 * at]! > 128) !== (expected === 1)) wrong++;
    }
  }
  expect(wrong).toBe(0);
}

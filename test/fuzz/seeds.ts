import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { dicomFile, syntaxes } from '../fixtures/dicom.js';
import { jpeg2000Tiles } from '../fixtures/jpeg2000-tiles.js';
import { writeNdpi, type NdpiOptions } from '../fixtures/slides/ndpi.js';
import { writeTiff, type TiffPage } from '../unit/slides/tiff.js';

/** A small slide of each format and layout that is read, by name. */
export async function makeSeeds(): Promise<ReadonlyMap<string, Buffer>> {
  const frames = [0, 1, 2, 3].map((i) => Buffer.alloc(32 * 32 * 3, 60 * i));
  const jpegs = await Promise.all(frames.map((frame) => sharp(frame, { raw: { width: 32, height: 32, channels: 3 } }).jpeg().toBuffer()));
  const positions = [[33, 33], [1, 33], [33, 1]] as const;
  const dicom = { width: 60, height: 50, tile: 32, spacing: [0.0005, 0.0005], power: 20 } as const;
  const colour = (x: number, y: number): [number, number, number] => [x * 2, y * 2, 200];
  return new Map([
    ['png', await painted().png().toBuffer()],
    ['jpeg', await painted().jpeg().toBuffer()],
    ['webp', await painted().webp().toBuffer()],
    ['tiff strips', await painted().tiff({ compression: 'none' }).toBuffer()],
    ['tiff lzw', await painted().tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer()],
    ['tiff deflate', await painted().tiff({ compression: 'deflate', tile: true, tileWidth: 64, tileHeight: 64, pyramid: true }).toBuffer()],
    ['tiff jpeg', await painted().tiff({ compression: 'jpeg', tile: true, tileWidth: 64, tileHeight: 64, pyramid: true }).toBuffer()],
    ['bigtiff', await painted().tiff({ compression: 'jpeg', tile: true, tileWidth: 64, tileHeight: 64, pyramid: true, bigtiff: true }).toBuffer()],
    ['tiff webp', await painted().tiff({ compression: 'webp', tile: true, tileWidth: 64, tileHeight: 64 }).toBuffer()],
    ['aperio', tiff([{ width: 100, height: 80, tile: 32, colour, description: 'Aperio Image Library v11\n100x80|AppMag = 20|MPP = 0.499' }, { width: 25, height: 20, colour }, { width: 50, height: 40, tile: 32, colour }, { width: 20, height: 20, colour, description: 'Aperio\nlabel 20x20' }])],
    ['aperio jpeg 2000', aperioJpeg2000()],
    ['ome', tiff([{ width: 90, height: 70, tile: 32, colour, description: '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" SizeX="90" SizeY="70" SizeC="3" SizeZ="1" SizeT="1" PhysicalSizeX="0.5" PhysicalSizeY="0.5" Interleaved="true"><Channel ID="Channel:0:0" SamplesPerPixel="3"/><TiffData IFD="0" PlaneCount="1"/></Pixels></Image></OME>' }])],
    ['ome sub ifds', tiff([{ width: 90, height: 70, tile: 32, colour, description: '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ID="Pixels:0" SizeX="90" SizeY="70" SizeC="3" SizeZ="1" SizeT="1" PhysicalSizeX="0.5" PhysicalSizeY="0.5"><Channel ID="Channel:0:0" SamplesPerPixel="3"/><TiffData/></Pixels></Image></OME>', subIfds: [{ width: 45, height: 35, tile: 32, colour, subfileType: 1 }, { width: 23, height: 18, tile: 32, colour, subfileType: 1 }] }])],
    ['qptiff', tiff([{ width: 90, height: 70, tile: 32, colour, description: '<?xml version="1.0"?><PerkinElmer-QPI-ImageDescription><ImageType>FullResolution</ImageType><Objective>20x</Objective></PerkinElmer-QPI-ImageDescription>' }, { width: 45, height: 35, tile: 32, colour, subfileType: 1, description: '<PerkinElmer-QPI-ImageDescription><ImageType>ReducedResolution</ImageType></PerkinElmer-QPI-ImageDescription>' }])],
    ['ndpi', await ndpi({})],
    ['ndpi of planes', await ndpi({ planes: [1], sized: false })],
    ['ndpi unlisted', await ndpi({ listed: false })],
    ['dicom raw', dicomFile({ ...dicom, frames })],
    ['dicom implicit', dicomFile({ ...dicom, frames, syntax: syntaxes.implicit, delimited: true })],
    ['dicom jpeg', dicomFile({ ...dicom, frames: jpegs, syntax: syntaxes.jpeg, photometric: 'YBR_FULL_422' })],
    ['dicom jpeg extended', dicomFile({ ...dicom, frames: jpegs, syntax: syntaxes.jpeg, photometric: 'YBR_FULL_422', offsets: 'extended', delimited: true })],
    ['dicom jpeg fragments', dicomFile({ ...dicom, frames: jpegs, syntax: syntaxes.jpeg, photometric: 'YBR_FULL_422', offsets: 'none', fragments: 2 })],
    ['dicom jpeg 2000', dicomFile({ ...dicom, height: 32, frames: jpeg2000Tiles, syntax: syntaxes.jpeg2000, photometric: 'YBR_RCT' })],
    ['dicom sparse', dicomFile({ ...dicom, frames: frames.slice(1), organization: 'TILED_SPARSE', positions })],
  ]);
}

function painted(): Sharp {
  const [width, height] = [150, 110];
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7) % 251 ^ (i >> 8);
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

function tiff(pages: readonly TiffPage[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'hardmine-seed-'));
  try {
    return readFileSync(writeTiff(join(folder, 'seed.tif'), pages));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function ndpi(options: Partial<NdpiOptions>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'hardmine-seed-'));
  try {
    return readFileSync(await writeNdpi(join(folder, 'seed.ndpi'), { width: 128, height: 64, colour: (x, y) => [x * 2, y * 4, 200] }, { interval: 32, levels: [1, 2], ...options }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Tiles written raw, codestreams laid over them: what is left behind is passed over. */
function aperioJpeg2000(): Buffer {
  const raw = tiff([{ width: 64, height: 32, tile: 32, colour: (x) => [x < 32 ? 1 : 2, 3, 4], compression: 33005, description: 'Aperio Image Library v11\n64x32|AppMag = 20|MPP = 0.5' }]);
  for (const [i, tile] of jpeg2000Tiles.entries()) {
    const start = raw.indexOf(Buffer.of(i + 1, 3, 4, i + 1, 3, 4));
    raw.fill(0, start, start + 32 * 32 * 3);
    tile.copy(raw, start);
  }
  return raw;
}

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSlide } from '../../../../src/slides/open.js';
import { encoded, scratchFolder } from '../fixtures.js';
import { writeTiff, type TiffPage } from '../tiff.js';

const folder = scratchFolder();
const page = (width: number, height: number, blue: number, more: Partial<TiffPage> = {}): TiffPage => ({ width, height, tile: 64, colour: (x, y) => [x & 255, y & 255, blue], ...more });

function ome(images: string, instrument = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">${instrument}${images}</OME>`;
}

const rgb = (id: number, name: string, size: string, inside = '<Channel ID="C" SamplesPerPixel="3"/><TiffData/>'): string => `<Image ID="Image:${id}" Name="${name}"><ObjectiveSettings ID="Objective:1"/><Pixels ID="P:${id}" SizeX="9" SizeY="9" SizeC="3" SizeZ="1" SizeT="1" ${size}>${inside}</Pixels></Image>`;
const instrument = '<Instrument ID="I"><Microscope Manufacturer="Olympus &amp; Söhne"/><Objective ID="Objective:0" NominalMagnification="4"/><Objective ID="Objective:1" NominalMagnification="20.0"/></Instrument>';

describe('OME-TIFF', () => {
  it.each([
    [false, false],
    [true, false],
    [true, true],
  ])('reads a pyramid of SubIFDs, its resolution, objective and other images (BigTIFF %s, big-endian %s)', async (big, bigEndian) => {
    const description = ome(rgb(0, 'overview', '', '<Channel SamplesPerPixel="1"/><TiffData IFD="1"/>') + rgb(1, 'tissue', 'PhysicalSizeX="0.00025" PhysicalSizeXUnit="mm" PhysicalSizeY="260" PhysicalSizeYUnit="nm"', '<Channel SamplesPerPixel="3"/><TiffData IFD="0"/>'), instrument);
    const path = writeTiff(
      join(folder, `slide-${big}-${bigEndian}.ome.tif`),
      [page(300, 200, 1, { description, subIfds: [page(150, 100, 2, { subfileType: 1 }), page(75, 50, 3, { subfileType: 1 })] }), page(40, 30, 9, { samples: 1, photometric: 1 })],
      { big, bigEndian },
    );
    const slide = await openSlide(path);
    expect(slide).toMatchObject({ format: 'ome-tiff', vendor: 'Olympus & Söhne', compression: 'none', objectivePower: 20, associated: ['overview'] });
    expect(slide.mpp!.x).toBeCloseTo(0.25, 9);
    expect(slide.mpp!.y).toBeCloseTo(0.26, 9);
    expect(slide.levels.map(({ width, downsample }) => [width, downsample])).toEqual([[300, 1], [150, 2], [75, 4]]);
    const pixels = await slide.read({ x: 60, y: 60, width: 10, height: 10 }, { width: 10, height: 10 });
    expect([...pixels.subarray(0, 3)]).toEqual([60, 60, 1]);
    expect((await slide.read({ x: 0, y: 0, width: 240, height: 160 }, { width: 60, height: 40 }))[2]).toBe(3);
    await slide.close();
  });

  it('takes µm where no unit is given, and the TIFF tags where OME says nothing', async () => {
    const described = await openSlide(writeTiff(join(folder, 'um.ome.tif'), [page(64, 64, 1, { description: ome(rgb(0, 'a', 'PhysicalSizeX="0.5" PhysicalSizeY="0.5"')) })]));
    expect([described.mpp, described.objectivePower]).toEqual([{ x: 0.5, y: 0.5 }, undefined]);
    const tagged = await openSlide(writeTiff(join(folder, 'tags.ome.tif'), [page(64, 64, 1, { description: ome(rgb(0, 'a', '')), resolution: { x: [25400, 1], y: [50800, 1], unit: 2 } })]));
    expect(tagged.mpp).toEqual({ x: 1, y: 0.5 });
    await Promise.all([described.close(), tagged.close()]);
  });

  it('reads the pyramid of pages that was written before OME 6', async () => {
    const slide = await openSlide(writeTiff(join(folder, 'pages.ome.tif'), [page(256, 192, 1, { description: ome(rgb(0, 'a', '')) }), page(128, 96, 2, { subfileType: 1 })]));
    expect(slide.levels.map(({ width }) => width)).toEqual([256, 128]);
    await slide.close();
  });

  it('names the channels that are separate', async () => {
    const channels = '<Channel Name="DAPI"/><Channel Name="FITC"/><TiffData/>';
    const path = writeTiff(join(folder, 'channels.ome.tif'), [0, 1].map((blue) => page(64, 64, blue, { samples: 1, photometric: 1, ...(blue === 0 && { description: ome(rgb(0, 'a', '', channels)) }) })));
    await expect(openSlide(path)).rejects.toMatchObject({ code: 'slide-format', what: expect.stringContaining('2 separate channels (DAPI, FITC)'), remedy: expect.stringContaining('RGB') });
  });

  it('says so where the XML is damaged', async () => {
    const path = writeTiff(join(folder, 'damaged.ome.tif'), [{ width: 64, height: 64, tile: 64, colour: encoded, description: '<OME xmlns="x"><Image' }]);
    await expect(openSlide(path)).rejects.toMatchObject({ code: 'slide-format', place: { file: path } });
  });
});

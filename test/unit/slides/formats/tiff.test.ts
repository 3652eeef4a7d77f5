import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSlide } from '../../../../src/slides/open.js';
import { encoded, scratchFolder } from '../fixtures.js';
import { writeTiff, type TiffPage } from '../tiff.js';

const folder = scratchFolder();
const header = 'Aperio Image Library v12\r\n320x256 (64x64) JPEG/RGB Q=70|AppMag = 40|MPP = 0.2525|Title = a = b';
const level = (width: number, height: number, blue: number): TiffPage => ({ width, height, tile: 64, colour: (x, y) => [x & 255, y & 255, blue], description: header });
const strip = (width: number, height: number, blue: number, description: string, subfileType = 0): TiffPage => ({ width, height, colour: () => [0, 0, blue], description, subfileType });

describe('Aperio SVS', () => {
  it('takes tiled images for levels; thumbnail, label and macro never', async () => {
    const slide = await openSlide(
      writeTiff(join(folder, 'pyramid.svs'), [
        level(320, 256, 1),
        strip(160, 128, 90, `Aperio Image Library v12\r\n320x256 -> 160x128 - |AppMag = 40`),
        level(80, 64, 2),
        level(20, 16, 3),
        strip(40, 30, 91, 'Aperio Image Library v12\r\nlabel 40x30', 1),
        strip(60, 20, 92, 'Aperio Image Library v12\r\nmacro 60x20', 9),
      ]),
    );
    expect(slide.format).toBe('aperio-svs');
    expect(slide.levels.map(({ width, downsample }) => [width, downsample])).toEqual([[320, 1], [80, 4], [20, 16]]);
    expect(slide.mpp).toEqual({ x: 0.2525, y: 0.2525 });
    expect(slide.objectivePower).toBe(40);
    expect(slide.associated).toEqual(['thumbnail', 'label', 'macro']);
    const blueOf = async (scale: number): Promise<number> => (await slide.read({ x: 32, y: 32, width: 160, height: 160 }, { width: 160 / scale, height: 160 / scale }))[2];
    expect([await blueOf(1), await blueOf(2), await blueOf(4), await blueOf(8), await blueOf(16)]).toEqual([1, 1, 2, 2, 3]);
  });

  it('does not need a resolution', async () => {
    const slide = await openSlide(writeTiff(join(folder, 'bare.svs'), [{ ...level(64, 64, 1), description: 'Aperio Image Library' }]));
    expect([slide.format, slide.mpp, slide.objectivePower]).toEqual(['aperio-svs', undefined, undefined]);
  });

  it.each([33003, 33005])('says so when tiles are not the JPEG 2000 (%i) they are said to be', async (compression) => {
    const path = writeTiff(join(folder, 'j2k.svs'), [{ ...level(64, 64, 1), compression }]);
    const slide = await openSlide(path);
    expect(slide.compression).toBe('JPEG 2000');
    await expect(slide.read({ x: 0, y: 0, width: 9, height: 9 }, { width: 9, height: 9 })).rejects.toMatchObject({ code: 'slide-unreadable', place: { file: path }, what: expect.stringContaining('no JPEG 2000 codestream') });
    await slide.close();
  });
});

describe('TIFF', () => {
  it('takes smaller images of another shape for something else than levels', async () => {
    const slide = await openSlide(writeTiff(join(folder, 'other.tif'), [{ ...level(301, 203, 1), description: '' }, strip(100, 20, 9, ''), { ...level(150, 101, 2), description: '' }]));
    expect(slide.levels.map(({ width }) => width)).toEqual([301, 150]);
    expect(slide.associated).toEqual(['page 1']);
  });

  it('refuses several images of full size', async () => {
    await expect(openSlide(writeTiff(join(folder, 'channels.tif'), [strip(50, 40, 1, ''), strip(50, 40, 2, '')]))).rejects.toMatchObject({ code: 'slide-format', what: expect.stringContaining('2 images') });
  });

  it('reads across tiles, to the pixel', async () => {
    const slide = await openSlide(writeTiff(join(folder, 'tiles.tif'), [{ width: 300, height: 200, tile: 64, colour: encoded }]));
    const pixels = await slide.read({ x: 50, y: 55, width: 220, height: 140 }, { width: 220, height: 140 });
    expect(Buffer.compare(Buffer.from(pixels), Buffer.from(Array.from({ length: 220 * 140 }, (_, i) => encoded(50 + (i % 220), 55 + Math.floor(i / 220))).flat()))).toBe(0);
  });
});

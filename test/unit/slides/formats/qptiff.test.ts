import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSlide } from '../../../../src/slides/open.js';
import { scratchFolder } from '../fixtures.js';
import { writeTiff, type TiffPage } from '../tiff.js';

const folder = scratchFolder();

function page(type: string, width: number, height: number, blue: number, more: Partial<TiffPage> = {}, says = ''): TiffPage {
  const description = `<?xml version="1.0" encoding="utf-16"?>\r\n<PerkinElmer-QPI-ImageDescription><AcquisitionSoftware>VectraPolaris 1.0</AcquisitionSoftware><ImageType>${type}</ImageType><Objective>20x</Objective>${says}</PerkinElmer-QPI-ImageDescription>`;
  return { width, height, tile: 64, colour: (x, y) => [x & 255, y & 255, blue], description, resolution: { x: [20000, 1], y: [20000, 1], unit: 3 }, ...more };
}

describe('QPTIFF', () => {
  it('reads a brightfield scan: levels by what pages say they are', async () => {
    const path = writeTiff(join(folder, 'brightfield.qptiff'), [page('FullResolution', 320, 256, 1), page('Thumbnail', 80, 64, 8, { tile: undefined }), page('ReducedResolution', 160, 128, 2), page('ReducedResolution', 80, 64, 3), page('Overview', 50, 20, 9), page('Label', 30, 30, 9)]);
    const slide = await openSlide(path);
    expect(slide).toMatchObject({ format: 'qptiff', vendor: 'PerkinElmer', objectivePower: 20, mpp: { x: 0.5, y: 0.5 }, associated: ['thumbnail', 'macro', 'label'] });
    expect(slide.levels.map(({ width }) => width)).toEqual([320, 160, 80]);
    expect((await slide.read({ x: 0, y: 0, width: 320, height: 256 }, { width: 80, height: 64 }))[2]).toBe(3);
    await slide.close();
  });

  it('names the channels of fluorescence', async () => {
    const channel = (name: string): TiffPage => page('FullResolution', 64, 64, 0, { samples: 1, photometric: 1 }, `<Name>${name}</Name>`);
    const path = writeTiff(join(folder, 'fluorescence.qptiff'), ['DAPI', 'Opal 520'].map(channel));
    await expect(openSlide(path)).rejects.toMatchObject({ code: 'slide-format', what: expect.stringContaining('2 separate channels (DAPI, Opal 520)') });
  });
});

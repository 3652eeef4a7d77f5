import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAssociated } from '../../../src/slides/associated.js';
import { jpeg2000Pixel, jpeg2000Tiles } from '../../fixtures/jpeg2000-tiles.js';
import { scratchFolder } from './fixtures.js';
import { writeTiff, type TiffPage } from './tiff.js';

const folder = scratchFolder();
const black = (): [number, number, number] => [0, 0, 0];
const slide = (macro: Partial<TiffPage>): TiffPage[] => [
  { width: 64, height: 32, tile: 32, colour: black, description: 'Aperio Image Library v11\n64x32|AppMag = 20|MPP = 0.5' },
  { width: 8, height: 4, colour: black },
  { width: 32, height: 64, rowsPerStrip: 32, colour: black, compression: 33005, description: 'Aperio Image Library v11\nmacro 32x64', ...macro },
];

describe('an associated image in JPEG 2000', () => {
  it('is read, which libvips cannot', async () => {
    const path = writeTiff(join(folder, 'macro.svs'), slide({ pack: (_, index) => jpeg2000Tiles[index] }));
    const { pixels, width, height } = (await readAssociated(path, 'macro'))!;
    expect([width, height]).toEqual([32, 64]);
    const below = Array.from({ length: 32 * 64 }, (_, at) => jpeg2000Pixel((at % 32) + 32 * Math.floor(at / 1024), Math.floor(at / 32) % 32)).flat();
    expect([...pixels]).toEqual(below);
    expect(await readAssociated(path, 'label')).toBeUndefined();
  });

  it('is refused with a reason where it is damaged or of another kind', async () => {
    const damaged = writeTiff(join(folder, 'damaged.svs'), slide({ pack: () => jpeg2000Tiles[0].subarray(0, 80) }));
    await expect(readAssociated(damaged, 'macro')).rejects.toMatchObject({ code: 'slide-unreadable' });
    const planes = writeTiff(join(folder, 'planes.svs'), slide({ pack: (_, index) => jpeg2000Tiles[index], photometric: 5, samples: 1 }));
    await expect(readAssociated(planes, 'macro')).rejects.toMatchObject({ code: 'slide-unreadable', message: expect.stringContaining('8-bit RGB or grey') });
  });
});

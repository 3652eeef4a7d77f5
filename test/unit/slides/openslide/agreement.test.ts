import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp, { type TiffOptions } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Slide } from '../../../../src/slides/contract.js';
import { openSlide } from '../../../../src/slides/open.js';
import { ycbcrTiles } from '../../../fixtures/jpeg2000-tiles.js';
import type { Picture } from '../../../fixtures/slides/levels.js';
import { writeNdpi } from '../../../fixtures/slides/ndpi.js';
import { scratchFolder, shared } from '../fixtures.js';
import { writeTiff } from '../tiff.js';
import { peerPython, readWithPeer, type PeerRead } from './peer.js';

const folder = scratchFolder();
const svs = shared('data/slides/CMU-1-Small-Region.svs');
const jpeg2000 = shared('data/slides/TCGA-CR-7395-01A-01-TS1.svs');

const hash = (pixels: Uint8Array): string => createHash('sha256').update(pixels).digest('hex');

/** What we read where OpenSlide reads `ask`: its places are level-0 pixels, its sizes those of the level. */
function ours(slide: Slide, { x, y, level, width, height }: PeerRead): Promise<Uint8Array> {
  const { downsample } = slide.levels[level];
  return slide.read({ x, y, width: width * downsample, height: height * downsample }, { width, height });
}

/**
 * A corner, a place across tiles, and one pixel, of every level. Where a level's size is rounded, OpenSlide takes the
 * ratio of the sizes for its scale and reads between pixels; we take the block that was merged (levelScale), so only
 * places at the origin can be compared there.
 */
function placesOn(slide: Slide, path: string): PeerRead[] {
  const [base] = slide.levels;
  return slide.levels.flatMap(({ downsample, width, height }, level) => {
    const corner = { path, level, x: 0, y: 0, width: Math.min(1200, width), height: Math.min(900, height) };
    if (width * downsample !== base.width || height * downsample !== base.height) return [corner];
    const at = (share: number): { x: number; y: number } => ({ x: Math.floor((width * share)) * downsample, y: Math.floor((height * share)) * downsample });
    return [corner, { path, level, ...at(1 / 3), width: Math.min(301, width >> 1), height: Math.min(257, height >> 1) }, { path, level, ...at(1 / 2), width: 1, height: 1 }];
  });
}

describe.skipIf(!peerPython)('agreement with OpenSlide', () => {
  it.skipIf(!svs)('is exact on JPEG tiles of RGB, edges included', async () => {
    const slide = await openSlide(svs!);
    const reads: PeerRead[] = [...placesOn(slide, svs!), { path: svs!, level: 0, x: 2000, y: 2700, width: 400, height: 400 }, { path: svs!, level: 0, x: -50, y: -20, width: 300, height: 300 }];
    const theirs = readWithPeer(reads);
    for (const [i, ask] of reads.entries()) expect(hash(await ours(slide, ask)), JSON.stringify(ask)).toBe(hash(theirs[i]));
    await slide.close();
  });

  it.skipIf(!jpeg2000)('is within one grey level on JPEG 2000', async () => {
    const slide = await openSlide(jpeg2000!);
    const reads = placesOn(slide, jpeg2000!);
    const theirs = readWithPeer(reads);
    for (const [i, ask] of reads.entries()) expect(largestDifference(await ours(slide, ask), theirs[i]), JSON.stringify(ask)).toBeLessThanOrEqual(1);
    await slide.close();
  });

  it.each(['4:4:4', '4:2:2'] as const)('is within one grey level on JPEG 2000 of YCbCr (33003), %s', async (sampling) => {
    const path = writeTiff(join(folder, `33003 ${sampling.replaceAll(':', '')}.svs`), [{ width: 64, height: 64, tile: 64, colour: () => [0, 0, 0], pack: () => ycbcrTiles[sampling], compression: 33003, description: 'Aperio Image Library v11\n64x64|AppMag = 20|MPP = 0.499' }]);
    const slide = await openSlide(path);
    const whole = { path, level: 0, x: 0, y: 0, width: 64, height: 64 };
    const pixels = await ours(slide, whole);
    expect(largestDifference(pixels, readWithPeer([whole])[0])).toBeLessThanOrEqual(1);
    // Tissue, not green: chroma has been used.
    expect(new Set(pixels).size).toBeGreaterThan(50);
    await slide.close();
  });

  it.skipIf(!svs)('is within one grey level of what Pillow makes of the pixels of OpenSlide, where a resolution is asked for', async () => {
    const slide = await openSlide(svs!);
    const [x, y, edge, size] = [600, 900, 480, 320];
    const [resampled] = readWithPeer([{ path: svs!, level: 0, x, y, width: edge, height: edge, resampled: [size, size] }]);
    const pixels = await slide.read({ x, y, width: edge, height: edge }, { width: size, height: size });
    // At the rim we see beyond the region, and the other does not.
    const rim = 4;
    for (let v = rim; v < size - rim; v++) {
      const [from, to] = [(v * size + rim) * 3, (v * size + size - rim) * 3];
      expect(largestDifference(pixels.subarray(from, to), resampled.subarray(from, to)), `row ${v}`).toBeLessThanOrEqual(1);
    }
    await slide.close();
  });

  it('is exact on the restart intervals of NDPI', async () => {
    const picture: Picture = { width: 1024, height: 512, colour: (x, y) => [(x * 7) & 255, (y * 5) & 255, (x ^ y) & 255] };
    const path = await writeNdpi(join(folder, 'slide.ndpi'), picture, { interval: 128, levels: [1, 4] });
    const slide = await openSlide(path);
    expect(slide.format).toBe('hamamatsu-ndpi');
    // OpenSlide makes levels of its own between those of the file.
    const reads = placesOn(slide, path).map((ask) => ({ ...ask, level: ask.level * 2 }));
    const theirs = readWithPeer(reads);
    for (const [i, ask] of reads.entries()) expect(hash(await ours(slide, { ...ask, level: ask.level / 2 })), JSON.stringify(ask)).toBe(hash(theirs[i]));
    await slide.close();
  });

  describe('on pyramids of tiles', () => {
    const kinds: Readonly<Record<string, TiffOptions>> = {
      'jpeg 4:4:4': { compression: 'jpeg', quality: 90 },
      'jpeg 4:2:0': { compression: 'jpeg', quality: 75 },
      lzw: { compression: 'lzw', predictor: 'horizontal' },
      deflate: { compression: 'deflate', predictor: 'none' },
      'bigtiff, none': { compression: 'none', bigtiff: true },
    };
    let painted: Buffer;
    beforeAll(async () => {
      const noise = { width: 500, height: 500, channels: 3, background: '#c08', noise: { type: 'gaussian', mean: 128, sigma: 40 } } as const;
      const field = shared('data/colon/img1.webp');
      painted = await (field ? sharp(field) : sharp({ create: noise })).resize(1344, 1088, { fit: 'fill' }).removeAlpha().png().toBuffer();
    });

    it.each(Object.entries(kinds))('is exact on %s', async (name, options) => {
      const path = join(folder, `${name.replaceAll(/\W/g, '-')}.tif`);
      await sharp(painted).tiff({ tile: true, pyramid: true, tileWidth: 256, tileHeight: 256, ...options }).toFile(path);
      const slide = await openSlide(path);
      expect(slide.levels.length).toBeGreaterThanOrEqual(3);
      const reads = placesOn(slide, path);
      const theirs = readWithPeer(reads);
      for (const [i, ask] of reads.entries()) expect(hash(await ours(slide, ask)), JSON.stringify(ask)).toBe(hash(theirs[i]));
      await slide.close();
    });
  });
});

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { TileCodec } from '../../../../../src/slides/pixels/codecs/codec.js';
import { decodeTiles } from '../../../../../src/slides/pixels/codecs/index.js';
import { paint } from '../../fixtures.js';

const codec: TileCodec = { kind: 'jpeg', width: 64, height: 48, colour: 'ycbcr', predictor: 1 };
const stained = (seed: number) => (x: number, y: number): [number, number, number] => [(x * 3 + seed) & 255, (y * 5 + x * seed) & 255, (x * y + 40 * seed) & 255];
const encode = (seed: number, chromaSubsampling: string, width = 64, height = 48): Promise<Buffer> => paint(width, height, stained(seed)).jpeg({ quality: 80, chromaSubsampling }).toBuffer();

describe('JPEG tiles', () => {
  it.each(['4:4:4', '4:2:0'])('decode together as each alone, %s', async (sampling) => {
    const tiles = await Promise.all(Array.from({ length: 70 }, (_, i) => encode(i, sampling)));
    const decoded = await decodeTiles(codec, tiles);
    for (const [i, tile] of tiles.entries()) expect(Buffer.compare(Buffer.from(decoded[i]), await sharp(tile).raw().toBuffer()), `tile ${i}`).toBe(0);
  });

  it('of other sizes and samplings keep their order', async () => {
    const tiles = [await encode(1, '4:4:4'), await encode(2, '4:2:0'), await encode(3, '4:4:4', 64, 33), await encode(4, '4:4:4')];
    const decoded = await decodeTiles(codec, tiles);
    for (const [i, tile] of tiles.entries()) expect(Buffer.compare(Buffer.from(decoded[i]), await sharp(tile).raw().toBuffer()), `tile ${i}`).toBe(0);
  });

  it('do not suffer from a damaged neighbour', async () => {
    const [good, bad] = [await encode(1, '4:4:4'), (await encode(2, '4:4:4')).subarray(0, 400)];
    const [first, second, third] = await Promise.allSettled([decodeTiles(codec, [good]), decodeTiles(codec, [bad]), decodeTiles(codec, [good])]);
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('that claim another size are refused', async () => {
    await expect(decodeTiles(codec, [await encode(1, '4:4:4', 640, 480)])).rejects.toThrow('640 × 480 pixels instead of 64 × 48');
  });
});

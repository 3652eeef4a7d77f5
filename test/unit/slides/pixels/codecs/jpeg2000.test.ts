import { describe, expect, it } from 'vitest';
import { decodeTiles } from '../../../../../src/slides/pixels/codecs/index.js';
import { yccToRgb } from '../../../../../src/slides/pixels/codecs/ycc.js';
import { readTiffStructure } from '../../../../../src/slides/formats/structure.js';
import { tiledLevel } from '../../../../../src/slides/tiff/codec-of.js';
import { RandomAccessFile } from '../../../../../src/slides/tiff/file.js';
import { tag } from '../../../../../src/slides/tiff/tags.js';
import { shared } from '../../fixtures.js';

const slide = shared('data/slides/TCGA-CR-7395-01A-01-TS1.svs');

describe('JPEG 2000', () => {
  it.skipIf(!slide)('turns YCbCr (33003) into RGB, and leaves RGB (33005) as it is', async () => {
    const file = new RandomAccessFile(slide!);
    const [image] = await readTiffStructure(file);
    const { codec } = (await tiledLevel(image))!;
    const [offset, length] = [(await image.directory.numbers(tag.tileOffsets))[100], (await image.directory.numbers(tag.tileByteCounts))[100]];
    const tile = await file.read(offset, length);
    await file.close();
    const [rgb] = await decodeTiles(codec, [tile]);
    const [converted] = await decodeTiles({ ...codec, colour: 'ycbcr' }, [tile]);
    const expected = rgb.slice();
    yccToRgb(expected);
    expect(Buffer.compare(Buffer.from(converted), Buffer.from(expected))).toBe(0);
    expect(Buffer.compare(Buffer.from(converted), Buffer.from(rgb))).not.toBe(0);
  });

  it('refuses a codestream of another size than its tile before it takes memory', async () => {
    const header = Buffer.alloc(60);
    header.writeUInt32BE(0xff4fff51);
    header.writeUInt32BE(60_000, 8);
    header.writeUInt32BE(60_000, 12);
    header.writeUInt16BE(3, 40);
    await expect(decodeTiles({ kind: 'jpeg2000', width: 256, height: 256, colour: 'rgb', predictor: 1 }, [header])).rejects.toThrow('60000 × 60000 pixels instead of 256 × 256');
  });
});

describe('yccToRgb', () => {
  it('gives the colours of BT.601 at full range', () => {
    // Red, green, blue and grey, as libjpeg codes them.
    const pixels = Uint8Array.of(76, 85, 255, 150, 44, 21, 29, 255, 107, 128, 128, 128);
    yccToRgb(pixels);
    expect([...pixels]).toEqual([254, 0, 0, 0, 255, 1, 0, 0, 254, 128, 128, 128]);
  });
});

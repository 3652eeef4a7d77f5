import { afterEach, describe, expect, it, vi } from 'vitest';
import { findOpenJpeg } from '../../../../../src/slides/pixels/codecs/jpeg2000/library.js';
import { interleave } from '../../../../../src/slides/pixels/codecs/jpeg2000/interleave.js';
import { decodeTiles } from '../../../../../src/slides/pixels/codecs/index.js';
import { yccToRgb } from '../../../../../src/slides/pixels/codecs/ycc.js';
import { readTiffStructure } from '../../../../../src/slides/formats/structure.js';
import { tiledLevel } from '../../../../../src/slides/tiff/codec-of.js';
import { RandomAccessFile } from '../../../../../src/slides/tiff/file.js';
import { tag } from '../../../../../src/slides/tiff/tags.js';
import { jpeg2000Pixel, jpeg2000Tiles, ycbcrTiles } from '../../../../fixtures/jpeg2000-tiles.js';
import { shared } from '../../fixtures.js';

const slide = shared('data/slides/TCGA-CR-7395-01A-01-TS1.svs');

const { library } = await findOpenJpeg();
const rgb = { kind: 'jpeg2000', width: 32, height: 32, colour: 'rgb', predictor: 1 } as const;
const ycbcr = { ...rgb, width: 64, height: 64, colour: 'ycbcr' } as const;

/** A decoder of its own, with workers of its own, that finds the library where `named` says. */
async function decoderWith(named: string): Promise<typeof decodeTiles> {
  vi.resetModules();
  vi.stubEnv('MIL_OPENJPEG_PATH', named);
  return (await import('../../../../../src/slides/pixels/codecs/index.js')).decodeTiles;
}

afterEach(() => vi.unstubAllEnvs());

describe.each([
  ['the library of this machine', library?.file],
  ['WebAssembly', 'none'],
])('JPEG 2000 through %s: skipped where it is missing', (_, named) => {
  it.skipIf(!named)('has every pixel of a lossless tile', async () => {
    const tiles = await (await decoderWith(named!))(rgb, jpeg2000Tiles);
    for (const [i, tile] of tiles.entries()) {
      const expected = Array.from({ length: 32 * 32 }, (_, at) => jpeg2000Pixel(32 * i + (at % 32), Math.floor(at / 32))).flat();
      expect([...tile]).toEqual(expected);
    }
  });

  it.skipIf(!named)('refuses a tile that is cut short, or is cut into too many parts, and decodes the next', async () => {
    const decode = await decoderWith(named!);
    const parts = Buffer.from(jpeg2000Tiles[0]);
    parts.writeUInt32BE(1, 24);
    parts.writeUInt32BE(0, 28);
    await expect(decode(rgb, [parts])).rejects.toThrow('too many parts');
    await expect(decode(rgb, [jpeg2000Tiles[0].subarray(0, 90)])).rejects.toThrow();
    expect(await decode(rgb, [jpeg2000Tiles[0]])).toHaveLength(1);
  });
});

describe('JPEG 2000', () => {
  it.skipIf(!library).each(['4:4:4', '4:2:2'] as const)('of YCbCr, %s, is the same through the library and WebAssembly, within a grey level: skipped without the library', async (sampling) => {
    const [native] = await (await decoderWith(library!.file))(ycbcr, [ycbcrTiles[sampling]]);
    const [wasm] = await (await decoderWith('none'))(ycbcr, [ycbcrTiles[sampling]]);
    expect(native).toHaveLength(64 * 64 * 3);
    expect(Math.max(...native.map((value, i) => Math.abs(value - wasm[i])))).toBeLessThanOrEqual(1);
  });

  it.skipIf(!slide)('turns YCbCr (33003) into RGB, and leaves RGB (33005) as it is', async () => {
    const file = new RandomAccessFile(slide!);
    const [image] = await readTiffStructure(file);
    const { codec } = (await tiledLevel(image))!;
    const [offset, length] = [(await image.directory.numbers(tag.tileOffsets))[100], (await image.directory.numbers(tag.tileByteCounts))[100]];
    const tile = await file.read(offset, length);
    await file.close();
    const [plain] = await decodeTiles(codec, [tile]);
    const [converted] = await decodeTiles({ ...codec, colour: 'ycbcr' }, [tile]);
    const expected = plain.slice();
    yccToRgb(expected);
    expect(Buffer.compare(Buffer.from(converted), Buffer.from(expected))).toBe(0);
    expect(Buffer.compare(Buffer.from(converted), Buffer.from(plain))).not.toBe(0);
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

describe('interleave', () => {
  it('puts the samples of planes side by side, and repeats those of coarser ones', () => {
    const plane = (samples: number[], across = 1, down = 1) => ({ samples: Int32Array.from(samples), width: Math.ceil(3 / across), across, down });
    const interleaved = interleave([plane([1, 2, 3, 4, 5, 255]), plane([10, 20, 30, 40], 2), plane([100, 200], 2, 2)], { width: 3, height: 2 });
    expect([...interleaved]).toEqual([1, 10, 100, 2, 10, 100, 3, 20, 200, 4, 30, 100, 5, 30, 100, 255, 40, 200]);
    expect([...interleave([plane([7, 8, 9])], { width: 3, height: 1 })]).toEqual([7, 8, 9]);
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

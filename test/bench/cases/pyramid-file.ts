import { open } from 'node:fs/promises';
import sharp from 'sharp';
import { Random } from '../../../src/shared/random.js';
import type { PatchPlaces } from '../openslide/process.js';

export const patchSize = 256;
const edge = 100_000;
const tile = 256;
/** Level-0 pixels a pixel of each level spans. */
const scales = [1, 4, 16, 64];
/** An island of tissue: its centre and radii, as shares of the edge. */
const island = { x: 0.45, y: 0.55, a: 0.16, b: 0.07 };

/**
 * Writes a BigTIFF pyramid of JPEG tiles: glass (one tile, that all its places name) and an island of tissue, every tile
 * of it written on its own, as scanners do. @returns the patches that lie on tissue.
 */
export async function writePyramid(path: string): Promise<PatchPlaces> {
  const glass = await sharp({ create: { width: tile, height: tile, channels: 3, background: '#f1eff2' } }).jpeg({ quality: 80 }).toBuffer();
  const tissue = await Promise.all(Array.from({ length: 32 }, (_, seed) => tissueTile(seed)));
  const file = await open(path, 'w');
  let end = 0;
  const append = async (bytes: Buffer): Promise<number> => {
    await file.write(bytes, 0, bytes.length, end);
    end += bytes.length;
    return end - bytes.length;
  };
  await append(Buffer.from([0x49, 0x49, 43, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const glassAt = await append(glass);
  let link = 8;
  for (const scale of scales) {
    const size = Math.ceil(edge / scale);
    const across = Math.ceil(size / tile);
    const offsets = new BigUint64Array(across * across);
    const lengths = new BigUint64Array(across * across);
    for (let i = 0; i < across * across; i++) {
      const variant = onIsland(i % across, Math.floor(i / across), tile * scale) ? tissue[i % tissue.length] : undefined;
      offsets[i] = BigInt(variant ? await append(variant) : glassAt);
      lengths[i] = BigInt((variant ?? glass).length);
    }
    const [offsetsAt, lengthsAt] = [await append(Buffer.from(offsets.buffer)), await append(Buffer.from(lengths.buffer))];
    const entries: (readonly [tag: number, type: number, count: number, value: bigint])[] = [
      [254, 4, 1, scale === 1 ? 0n : 1n],
      [256, 4, 1, BigInt(size)],
      [257, 4, 1, BigInt(size)],
      [258, 3, 3, 0x0008_0008_0008n],
      [259, 3, 1, 7n],
      [262, 3, 1, 6n],
      [277, 3, 1, 3n],
      [322, 4, 1, BigInt(tile)],
      [323, 4, 1, BigInt(tile)],
      [324, 16, offsets.length, BigInt(offsetsAt)],
      [325, 16, lengths.length, BigInt(lengthsAt)],
      [530, 3, 2, 0x0002_0002n],
    ];
    const directory = Buffer.alloc(8 + 20 * entries.length + 8);
    directory.writeBigUInt64LE(BigInt(entries.length), 0);
    for (const [i, [tag, type, count, value]] of entries.entries()) {
      directory.writeUInt16LE(tag, 8 + 20 * i);
      directory.writeUInt16LE(type, 10 + 20 * i);
      directory.writeBigUInt64LE(BigInt(count), 12 + 20 * i);
      directory.writeBigUInt64LE(value, 20 + 20 * i);
    }
    const at = await append(directory);
    const pointer = Buffer.alloc(8);
    pointer.writeBigUInt64LE(BigInt(at));
    await file.write(pointer, 0, 8, link);
    link = at + directory.length - 8;
  }
  await file.close();
  const across = Math.floor(edge / patchSize);
  const places = Array.from({ length: across * across }, (_, i) => [i % across, Math.floor(i / across)] as const).filter(([column, row]) => onIsland(column, row, patchSize));
  return { path, size: patchSize, x: places.map(([column]) => column * patchSize), y: places.map(([, row]) => row * patchSize) };
}

/** Whether the middle of a square of `size` level-0 pixels lies on tissue. */
function onIsland(column: number, row: number, size: number): boolean {
  const [x, y] = [((column + 0.5) * size) / edge, ((row + 0.5) * size) / edge];
  return ((x - island.x) / island.a) ** 2 + ((y - island.y) / island.b) ** 2 < 1;
}

/** Grains of stain, blurred: about as many bytes as a scanner's tiles take. */
async function tissueTile(seed: number): Promise<Buffer> {
  const random = new Random(seed);
  const grains = Buffer.from(Float32Array.from({ length: tile * tile * 3 }, (_, i) => [190, 120, 180][i % 3]! + 60 * random.normal()).map((value) => Math.min(255, Math.max(0, value))));
  return sharp(grains, { raw: { width: tile, height: tile, channels: 3 } }).blur(1.2).jpeg({ quality: 80 }).toBuffer();
}

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fileError } from '../shared/files.js';

/** Files up to this are hashed whole. */
const wholeBytes = 256 * 2 ** 20;
const blockBytes = 2 ** 20;
/** Blocks sampled of a larger file: the first, the last, and evenly between. */
const sampledBlocks = 64;

/**
 * Content hash of a slide, for cache keys and lineage: SHA-256 (hex) of size and content. Of files
 * beyond 256 MB, where reading everything would take minutes, only 64 blocks of 1 MB are hashed, first
 * and last among them: any scan, conversion or cut-off changes these, a single edited tile may not.
 * Times and names do not count, so copies keep their hash.
 * @throws HardmineError `file-missing`, `file-denied`.
 */
export async function hashSlide(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const hash = createHash('sha256').update(`${size}\n`);
      const block = Buffer.alloc(blockBytes);
      for (const position of blockPositions(size)) {
        const { bytesRead } = await file.read(block, 0, blockBytes, position);
        hash.update(block.subarray(0, bytesRead));
      }
      return hash.digest('hex');
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

function blockPositions(size: number): number[] {
  const whole = size <= wholeBytes;
  const count = whole ? Math.ceil(size / blockBytes) : sampledBlocks;
  return Array.from({ length: count }, (_, i) => (whole ? i * blockBytes : Math.round((i * (size - blockBytes)) / (count - 1))));
}

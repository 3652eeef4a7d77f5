import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
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
 * Times and names do not count, so copies keep their hash. Of a folder, the slide is all files in it.
 * @throws HardmineError `file-missing`, `file-denied`.
 */
export async function hashSlide(path: string): Promise<string> {
  try {
    const files = filesOf(path);
    if (files === undefined) return await hashFile(path);
    const hashes: string[] = [];
    for (const file of files) hashes.push(await hashFile(file));
    return createHash('sha256').update(hashes.sort().join('\n')).digest('hex');
  } catch (error) {
    throw fileError(error, path);
  }
}

/** Size of a slide, a file or a folder of files, in bytes; undefined where there is none. */
export function slideBytes(path: string): number | undefined {
  const files = filesOf(path) ?? [path];
  const sizes = files.flatMap((file) => statSync(file, { throwIfNoEntry: false })?.size ?? []);
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0);
}

/** The files of a folder, hidden ones aside; undefined where it is none. */
function filesOf(path: string): string[] | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => join(path, name));
}

async function hashFile(path: string): Promise<string> {
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
}

function blockPositions(size: number): number[] {
  const whole = size <= wholeBytes;
  const count = whole ? Math.ceil(size / blockBytes) : sampledBlocks;
  return Array.from({ length: count }, (_, i) => (whole ? i * blockBytes : Math.round((i * (size - blockBytes)) / (count - 1))));
}

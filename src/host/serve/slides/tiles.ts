import { LRUCache } from 'lru-cache';
import { HardmineError } from '../../../shared/errors.js';
import { pyramidOf, tileAt } from '../../../shared/pyramid.js';
import type { Slide } from '../../../slides/contract.js';
import { encodeJpeg } from './jpeg.js';

/** Encoded tiles kept for each open slide, bytes. */
const keptBytes = 32 * 2 ** 20;

/** Of the slide as it was opened: closed with it, and never of a file that was replaced since. */
const kept = new WeakMap<Slide, LRUCache<string, Uint8Array>>();

/** A tile of the slide's pyramid as JPEG. @throws HardmineError `usage` where there is no such tile, and as reading does. */
export async function readTile(slide: Slide, level: number, column: number, row: number): Promise<Uint8Array> {
  const cache = cacheOf(slide);
  const key = `${level}/${column}/${row}`;
  const known = cache.get(key);
  if (known) return known;
  const [{ width, height }] = slide.levels;
  const tile = tileAt(pyramidOf(width, height), level, column, row);
  if (!tile) throw new HardmineError('usage', `This slide has no tile ${key}.`, { place: { file: slide.path }, remedy: 'Open the slide again: its file was replaced.' });
  const bytes = await encodeJpeg(await slide.read(tile.region, tile), tile);
  cache.set(key, bytes);
  return bytes;
}

function cacheOf(slide: Slide): LRUCache<string, Uint8Array> {
  const known = kept.get(slide);
  if (known) return known;
  const cache = new LRUCache<string, Uint8Array>({ maxSize: keptBytes, sizeCalculation: ({ length }) => Math.max(1, length) });
  kept.set(slide, cache);
  return cache;
}

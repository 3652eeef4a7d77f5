import { LRUCache } from 'lru-cache';
import { HardmineError } from '../../../shared/errors.js';
import { pyramidOf, tileAt } from '../../../shared/pyramid.js';
import type { Slide } from '../../../slides/contract.js';
import { encodeJpeg } from './jpeg.js';
import { readOverview } from './overview.js';

/** Encoded tiles kept for each open slide, bytes. */
const keptBytes = 32 * 2 ** 20;

interface Tiles {
  readonly drawn: LRUCache<string, Uint8Array>;
  /** Asked for a second time before they were drawn, tiles are drawn once. */
  readonly beingDrawn: Map<string, Promise<Uint8Array>>;
}

/** Of the slide as it was opened: closed with it, and never of a file that was replaced since. */
const kept = new WeakMap<Slide, Tiles>();

/** A tile of the slide's pyramid as JPEG. @throws HardmineError `usage` where there is no such tile, and as reading does. */
export async function readTile(slide: Slide, level: number, column: number, row: number): Promise<Uint8Array> {
  const { drawn, beingDrawn } = tilesOf(slide);
  const key = `${level}/${column}/${row}`;
  const known = drawn.get(key) ?? beingDrawn.get(key);
  if (known) return known;
  const drawing = drawTile(slide, level, column, row);
  beingDrawn.set(key, drawing);
  try {
    const bytes = await drawing;
    drawn.set(key, bytes);
    return bytes;
  } finally {
    beingDrawn.delete(key);
  }
}

async function drawTile(slide: Slide, level: number, column: number, row: number): Promise<Uint8Array> {
  const [{ width, height }] = slide.levels;
  const tile = tileAt(pyramidOf(width, height), level, column, row);
  if (!tile) throw new HardmineError('usage', `This slide has no tile ${level}/${column}/${row}.`, { place: { file: slide.path }, remedy: 'Open the slide again: its file was replaced.' });
  return encodeJpeg(await readOverview(slide, tile.region, tile), tile);
}

function tilesOf(slide: Slide): Tiles {
  const known = kept.get(slide);
  if (known) return known;
  const tiles: Tiles = { drawn: new LRUCache<string, Uint8Array>({ maxSize: keptBytes, sizeCalculation: ({ length }) => Math.max(1, length) }), beingDrawn: new Map() };
  kept.set(slide, tiles);
  return tiles;
}

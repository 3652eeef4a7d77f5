import type { Region } from './units.js';

/**
 * The tiles a slide is shown in, whatever levels its file holds: level 0 is one tile, each further level is
 * twice as fine, the last shows every pixel. Server and viewer both take places from here.
 */
export interface Pyramid {
  /** Level-0 pixels of the slide. */
  readonly width: number;
  readonly height: number;
  /** The finest level of the pyramid: one of its pixels is one of the slide's. */
  readonly lastLevel: number;
}

/** A tile: what it shows, and in how many pixels. */
export interface PyramidTile {
  /** Level-0 pixels; ends exactly at the slide's edge. */
  readonly region: Region;
  readonly width: number;
  readonly height: number;
}

/** Edge of a tile without its overlap, pixels of its level. */
export const tileEdge = 512;
/** Pixels a tile shares with each neighbour: tiles drawn at fractional places then leave no seam. */
export const tileOverlap = 1;

export function pyramidOf(width: number, height: number): Pyramid {
  return { width, height, lastLevel: Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / tileEdge))) };
}

/**
 * The tile in that column and row. A slide rarely ends on a whole pixel of a coarse level: the last tile then
 * shows the fraction too, in pixels a hair narrower, so that nothing is shifted or left out.
 * @returns undefined where the level has no such tile.
 */
export function tileAt({ width, height, lastLevel }: Pyramid, level: number, column: number, row: number): PyramidTile | undefined {
  if (![level, column, row].every(Number.isInteger) || level < 0 || level > lastLevel) return undefined;
  const scale = 2 ** (lastLevel - level);
  const [left, right] = span(column, width / scale);
  const [top, bottom] = span(row, height / scale);
  if (left >= right || top >= bottom) return undefined;
  return {
    region: { x: left * scale, y: top * scale, width: (right - left) * scale, height: (bottom - top) * scale },
    width: Math.ceil(right - left),
    height: Math.ceil(bottom - top),
  };
}

/** From where to where a tile reaches along an axis of `length` pixels. */
function span(index: number, length: number): [number, number] {
  if (index < 0 || index * tileEdge >= length) return [0, 0];
  return [Math.max(0, index * tileEdge - tileOverlap), Math.min(length, (index + 1) * tileEdge + tileOverlap)];
}

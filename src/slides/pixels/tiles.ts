import { messageOf } from '../../shared/errors.js';
import { undecodable } from './damage.js';
import type { PixelSource, PixelWindow } from './source.js';
import { TileCache } from './tile-cache.js';

/** A tile of a level: its column and row. */
export type TilePlace = readonly [column: number, row: number];

/** What reads and decodes the tiles of a slide, be they tiles, strips or frames in its file. */
export interface TileReader {
  /** Size of each level's tiles, pixels. */
  readonly tiles: readonly { readonly width: number; readonly height: number }[];
  /**
   * @returns RGB of each place in order: whole rows of a tile, fewer where it is cut off by the edge of the image;
   * undefined where the file leaves a tile out. @throws Error with a short reason where a tile is damaged.
   */
  readTiles(level: number, places: readonly TilePlace[]): Promise<readonly (Uint8Array | undefined)[]>;
  close(): Promise<void>;
}

/** Decoded tiles of all open slides: 64 MB, more than a row of tiles across most. */
const cachedBytes = 64 * 2 ** 20;
/** Tiles decoded at once, bytes: enough to keep every core busy. */
const bytesAtOnce = 16 * 2 ** 20;

const cache = new TileCache(cachedBytes);
let sources = 0;

/** Levels laid out in tiles. Tiles are kept for a while: patches share them. */
export class TilePixels implements PixelSource {
  private readonly name = `${sources++}`;

  /** @param background of tiles the file leaves out. */
  constructor(
    private readonly path: string,
    private readonly reader: TileReader,
    private readonly background: readonly [number, number, number] = [255, 255, 255],
  ) {}

  async read(level: number, window: PixelWindow, into?: Uint8Array): Promise<Uint8Array> {
    const { width, height } = this.reader.tiles[level];
    const bytes = window.width * window.height * 3;
    const target = into && into.length >= bytes ? into.subarray(0, bytes) : new Uint8Array(bytes);
    const places: TilePlace[] = [];
    for (let row = Math.floor(window.top / height); row * height < window.top + window.height; row++) {
      for (let column = Math.floor(window.left / width); column * width < window.left + window.width; column++) places.push([column, row]);
    }
    const count = Math.max(1, Math.floor(bytesAtOnce / (width * height * 3)));
    for (let start = 0; start < places.length; start += count) {
      const some = places.slice(start, start + count);
      const tiles = await Promise.all(this.take(level, some)).catch((cause: unknown) => {
        throw undecodable(this.path, messageOf(cause).trim(), cause);
      });
      for (const [i, place] of some.entries()) this.lay(tiles[i], level, place, target, window);
    }
    return target;
  }

  async close(): Promise<void> {
    cache.clear(`${this.name}/`);
    await this.reader.close();
  }

  /** The tiles of these places: kept ones, and all others read together. */
  private take(level: number, places: readonly TilePlace[]): Promise<Uint8Array | undefined>[] {
    const keyOf = ([column, row]: TilePlace): string => `${this.name}/${level}/${column}/${row}`;
    const kept = places.map((place) => cache.get(keyOf(place)));
    const missing = places.filter((_, i) => kept[i] === undefined);
    if (missing.length === 0) return kept.map((tile) => tile!);
    const reading = this.reader.readTiles(level, missing);
    const read = missing.map((place, i) => {
      const tile = reading.then((tiles) => tiles[i]);
      cache.set(keyOf(place), tile);
      return tile;
    });
    let next = 0;
    return kept.map((tile) => tile ?? read[next++]);
  }

  /** Copies what the window shows of a tile. */
  private lay(tile: Uint8Array | undefined, level: number, [column, row]: TilePlace, target: Uint8Array, window: PixelWindow): void {
    const { width, height } = this.reader.tiles[level];
    const rows = tile === undefined ? height : Math.floor(tile.length / 3 / width);
    const left = Math.max(window.left, column * width);
    const right = Math.min(window.left + window.width, (column + 1) * width);
    const bottom = Math.min(window.top + window.height, (row + 1) * height);
    for (let y = Math.max(window.top, row * height); y < bottom; y++) {
      const to = ((y - window.top) * window.width + left - window.left) * 3;
      const end = to + (right - left) * 3;
      const within = y - row * height;
      if (within >= rows) throw undecodable(this.path, 'a tile is cut short');
      if (tile) target.set(tile.subarray((within * width + left - column * width) * 3, (within * width + right - column * width) * 3), to);
      else for (let i = to; i < end; i += 3) target.set(this.background, i);
    }
  }
}

import { messageOf } from '../../shared/errors.js';
import { decodeTiles } from '../pixels/codecs/index.js';
import type { TileCodec } from '../pixels/codecs/codec.js';
import type { TilePlace, TileReader } from '../pixels/tiles.js';
import type { TiffDirectory } from './directory.js';
import type { RandomAccessFile } from './file.js';
import { readSpans, type Span } from './spans.js';
import { tag } from './tags.js';

/** A level of a TIFF slide whose tiles we decode ourselves. */
export interface TiledLevel {
  readonly directory: TiffDirectory;
  readonly codec: TileCodec;
  /** Tiles a row and rows of tiles. */
  readonly columns: number;
  readonly rows: number;
}

/** Reads tiles (or strips) of a TIFF file by the offsets it gives; these are read with a level's first tile. */
export class TiffTiles implements TileReader {
  readonly tiles: readonly { readonly width: number; readonly height: number }[];
  private readonly places = new Map<number, Promise<{ readonly offsets: Float64Array; readonly lengths: Float64Array }>>();

  constructor(
    private readonly file: RandomAccessFile,
    private readonly levels: readonly TiledLevel[],
  ) {
    this.tiles = levels.map(({ codec: { width, height } }) => ({ width, height }));
  }

  async readTiles(index: number, places: readonly TilePlace[]): Promise<(Uint8Array | undefined)[]> {
    const level = this.levels[index];
    const { offsets, lengths } = await this.placesOf(index);
    const spans = places.map(([column, row]): Span => {
      const tile = row * level.columns + column;
      return { offset: offsets[tile], length: lengths[tile] };
    });
    const present = spans.flatMap((span, i) => (span.length > 0 ? [i] : []));
    const packed = await readSpans(this.file, present.map((i) => spans[i]));
    const decoded = await decodeTiles(level.codec, packed);
    const tiles = new Array<Uint8Array | undefined>(places.length).fill(undefined);
    for (const [i, tile] of decoded.entries()) tiles[present[i]] = tile;
    return tiles;
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private placesOf(index: number): Promise<{ readonly offsets: Float64Array; readonly lengths: Float64Array }> {
    const known = this.places.get(index);
    if (known) return known;
    const reading = this.readPlaces(this.levels[index]);
    this.places.set(index, reading);
    // The next try may find the file whole again.
    reading.catch(() => this.places.delete(index));
    return reading;
  }

  private async readPlaces({ directory, columns, rows }: TiledLevel): Promise<{ offsets: Float64Array; lengths: Float64Array }> {
    const tiled = directory.has(tag.tileOffsets);
    const count = columns * rows;
    // Eight bytes at most for each that there can be: a list may not claim more.
    const [offsets, lengths] = await Promise.all([directory.numbers(tiled ? tag.tileOffsets : tag.stripOffsets, count * 8), directory.numbers(tiled ? tag.tileByteCounts : tag.stripByteCounts, count * 8)]).catch((cause: unknown) => {
      throw new Error(`its list of tiles cannot be read: ${messageOf(cause)}`, { cause });
    });
    if (offsets.length < count || lengths.length < count) throw new Error(`it lists ${Math.min(offsets.length, lengths.length)} tiles of ${count}`);
    return { offsets, lengths };
  }
}

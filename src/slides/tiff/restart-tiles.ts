import type { TiffImage } from '../formats/structure.js';
import type { TileCodec } from '../pixels/codecs/codec.js';
import { decodeTiles } from '../pixels/codecs/index.js';
import { joinIntervals, readRestartHeader, type RestartHeader } from '../pixels/codecs/jpeg-restart.js';
import type { TilePlace, TileReader } from '../pixels/tiles.js';
import type { RandomAccessFile } from './file.js';
import { readSpans, type Span } from './spans.js';
import { tag } from './tags.js';

/** A level that is one JPEG: its restart intervals, or all of it, are its tiles. */
export interface RestartLevel {
  readonly image: TiffImage;
  readonly strip: Span;
  readonly codec: TileCodec;
  /** Undefined where it is decoded as a whole. */
  readonly cut: { readonly header: RestartHeader; readonly columns: number; readonly rows: number; readonly together: number } | undefined;
}

/** Headers are some hundred bytes long, with comments and profiles some thousand. */
const longestHeader = 64 * 1024;
/** Of a level that is decoded as a whole, pixels. */
const largestWhole = 2 ** 24;
/** Intervals are a coding unit high: as many as make up so many pixels are decoded together. */
const pixelsTogether = 2 ** 18;
const mostTogether = 32;

/**
 * How to read an image that is one JPEG; undefined where it is too large for one without places to restart.
 * @throws Error with a short reason where it is damaged.
 */
export async function restartLevel(file: RandomAccessFile, image: TiffImage): Promise<RestartLevel | undefined> {
  const { directory, width, height } = image;
  const strip = { offset: await directory.number(tag.stripOffsets, -1), length: await directory.number(tag.stripByteCounts, 0) };
  const header = readRestartHeader(await file.read(strip.offset, Math.min(strip.length, longestHeader)));
  const codec = { kind: 'jpeg', colour: (await directory.number(tag.photometric, 6)) === 2 ? 'rgb' : 'ycbcr', predictor: 1 } as const;
  const { interval, unitWidth, unitHeight } = header;
  const across = Math.ceil(width / unitWidth);
  const [columns, rows] = [across / interval, Math.ceil(height / unitHeight)];
  if (interval > 0 && Number.isInteger(columns) && directory.count(tag.mcuStarts) === columns * rows && columns * rows > 1) {
    const tileWidth = interval * unitWidth;
    const together = Math.max(1, Math.min(mostTogether, Math.floor(pixelsTogether / (tileWidth * unitHeight))));
    return { image, strip, codec: { ...codec, width: tileWidth, height: together * unitHeight }, cut: { header, columns, rows, together } };
  }
  return width * height > largestWhole ? undefined : { image, strip, codec: { ...codec, width, height }, cut: undefined };
}

/** Reads levels of which each is one JPEG. Where the intervals lie is read with a level's first tile. */
export class RestartTiles implements TileReader {
  readonly tiles: readonly { readonly width: number; readonly height: number }[];
  private readonly starts = new Map<number, Promise<Float64Array>>();

  constructor(
    private readonly file: RandomAccessFile,
    private readonly levels: readonly RestartLevel[],
  ) {
    this.tiles = levels.map(({ codec: { width, height } }) => ({ width, height }));
  }

  async readTiles(index: number, places: readonly TilePlace[]): Promise<Uint8Array[]> {
    const level = this.levels[index];
    return decodeTiles(level.codec, level.cut ? await this.join(index, level.cut, places) : await readSpans(this.file, [level.strip]));
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** The intervals of each place, put together as a JPEG of its own. */
  private async join(index: number, { header, columns, rows, together }: NonNullable<RestartLevel['cut']>, places: readonly TilePlace[]): Promise<Buffer[]> {
    const { strip, codec } = this.levels[index];
    const starts = await this.startsOf(index);
    const intervals = places.map(([column, row]) => Array.from({ length: Math.min(together, rows - row * together) }, (_, i) => (row * together + i) * columns + column));
    const spans = intervals.flat().map((interval): Span => {
      const [from, to] = [interval === 0 ? header.bytes.length : starts[interval], starts[interval + 1] ?? strip.length];
      if (!(from >= header.bytes.length && to >= from + 2 && to <= strip.length)) throw new Error(`restart interval ${interval} lies at bytes ${from} to ${to} of a JPEG of ${strip.length}`);
      return { offset: strip.offset + from, length: to - from };
    });
    const packed = await readSpans(this.file, spans);
    let next = 0;
    return intervals.map((group) => joinIntervals(header, group.map((interval) => withoutMarker(packed[next++], interval, interval === columns * rows - 1)), codec.width, group.length * header.unitHeight));
  }

  private startsOf(index: number): Promise<Float64Array> {
    const known = this.starts.get(index);
    if (known) return known;
    const reading = readStarts(this.levels[index].image);
    this.starts.set(index, reading);
    // The next try may find the file whole again.
    reading.catch(() => this.starts.delete(index));
    return reading;
  }
}

/** The list of starts may be as long as the image has coding units, four bytes each. */
const longestList = 64 * 2 ** 20;

async function readStarts({ directory }: TiffImage): Promise<Float64Array> {
  const [starts, upper] = [await directory.numbers(tag.mcuStarts, longestList), await directory.numbers(tag.mcuStartsHigh, longestList)];
  return upper.length === starts.length ? starts.map((start, i) => start + upper[i] * 2 ** 32) : starts;
}

/** A marker stands behind every interval: of a restart, or of the image's end, which padding may follow. */
function withoutMarker(packed: Buffer, interval: number, last: boolean): Buffer {
  const at = last ? packed.lastIndexOf(Buffer.of(0xff, 0xd9)) : packed.length - 2;
  if (at < 0 || packed[at] !== 0xff || (!last && (packed[at + 1] & 0xf8) !== 0xd0)) throw new Error(`no marker stands behind restart interval ${interval}`);
  return packed.subarray(0, at);
}

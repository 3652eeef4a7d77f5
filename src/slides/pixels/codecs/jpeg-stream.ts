import type { TileCodec } from './codec.js';

/** A JPEG stream taken apart. */
export interface JpegTile {
  /** Markers before the scan, tables included, without its size: equal headers decode alike. */
  readonly header: Buffer;
  /** Position of the frame's height within the header. */
  readonly heightAt: number;
  /** The scan's own marker, and the coded data up to the end of the image. */
  readonly scan: Buffer;
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  /** Units (MCU) a tile is coded in. */
  readonly units: number;
  /** Whether tiles like this one can stand in one image above each other without changing a pixel. */
  readonly joinable: boolean;
}

const marker = { start: 0xd8, end: 0xd9, frame: 0xc0, scan: 0xda, interval: 0xdd, application: 0xe0, comment: 0xfe } as const;

/**
 * Takes a tile apart: tables that stand elsewhere are put in, and what applications added is replaced by the one
 * marker that says whether it holds RGB or YCbCr, for that is told by the file around it.
 * @throws Error where it is no JPEG.
 */
export function parseJpeg(tile: Uint8Array, codec: TileCodec): JpegTile {
  const stream = Buffer.from(tile.buffer, tile.byteOffset, tile.byteLength);
  if (stream[0] !== 0xff || stream[1] !== marker.start) throw new Error('a tile is no JPEG');
  const segments = [Buffer.of(0xff, marker.start), adobe(codec.colour === 'rgb' ? 0 : 1)];
  if (codec.tables) for (const segment of segmentsOf(Buffer.from(codec.tables)).segments) if (isTable(segment)) segments.push(segment);
  const { segments: own, end } = segmentsOf(stream);
  let frame: Buffer | undefined;
  let interval = 0;
  for (const segment of own) {
    if (segment[1] === marker.interval) interval = segment.readUInt16BE(4);
    else if (isFrame(segment)) frame = segment;
    if (isTable(segment) || (isFrame(segment) && frame === segment) || segment[1] === marker.interval) segments.push(segment);
  }
  const scan = own.at(-1);
  if (!frame || frame.length < 10 || scan?.[1] !== marker.scan) throw new Error('a tile is an incomplete JPEG');
  const header = Buffer.concat(segments);
  const at = segments.slice(0, segments.indexOf(frame)).reduce((sum, { length }) => sum + length, 0);
  const [height, width, components] = [frame.readUInt16BE(5), frame.readUInt16BE(7), frame[9]];
  if (components !== 1 && components !== 3) throw new Error(`a tile holds ${components} channels instead of 3`);
  const sampling = Array.from({ length: components }, (_, i) => frame[11 + 3 * i] ?? 0x11);
  const [across, down] = [Math.max(...sampling.map((s) => s >> 4)) * 8, Math.max(...sampling.map((s) => s & 15)) * 8];
  const stops = stream.lastIndexOf(Buffer.of(0xff, marker.end));
  return {
    header,
    heightAt: at + 5,
    scan,
    data: stream.subarray(end, stops > end ? stops : stream.length),
    width,
    height,
    units: Math.ceil(width / across) * Math.ceil(height / down),
    // One baseline scan of all components; no restarts of its own; rows of units end where the tile ends. Chroma
    // of half the height is smoothed across rows, so across tiles.
    joinable: frame[1] <= 0xc1 && scan[4] === components && interval === 0 && height % down === 0 && down === 8 && Math.ceil(width / across) * Math.ceil(height / down) <= 0xffff,
  };
}

/** One image of the tiles above each other: a restart marker between two ends the prediction from one to the next. */
export function spliceJpegs(tiles: readonly JpegTile[]): Buffer {
  const [{ header, heightAt, height, units, scan }] = tiles;
  const head = Buffer.from(header);
  head.writeUInt16BE(height * tiles.length, heightAt);
  const interval = tiles.length === 1 ? Buffer.alloc(0) : Buffer.of(0xff, marker.interval, 0, 4, units >> 8, units & 255);
  const parts = tiles.flatMap(({ data }, i) => (i + 1 < tiles.length ? [data, Buffer.of(0xff, 0xd0 + (i % 8))] : [data, Buffer.of(0xff, marker.end)]));
  return Buffer.concat([head, interval, scan, ...parts]);
}

/** The marker segments up to the scan, the scan's included, and where its data begins. */
function segmentsOf(stream: Buffer): { readonly segments: readonly Buffer[]; readonly end: number } {
  const segments: Buffer[] = [];
  let at = 2;
  while (at + 4 <= stream.length && stream[at] === 0xff) {
    // Any number of fill bytes may stand before a marker.
    if (stream[at + 1] === 0xff) {
      at++;
      continue;
    }
    if (stream[at + 1] === marker.end) break;
    const next = at + 2 + stream.readUInt16BE(at + 2);
    const segment = stream.subarray(at, next);
    segments.push(segment);
    at = next;
    if (segment[1] === marker.scan) break;
  }
  return { segments, end: Math.min(at, stream.length) };
}

/** Quantisation, Huffman and arithmetic tables. */
function isTable([, kind]: Uint8Array): boolean {
  return kind === 0xdb || kind === 0xc4 || kind === 0xcc;
}

function isFrame([, kind]: Uint8Array): boolean {
  return kind >= marker.frame && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;
}

/** Adobe's marker: 0 is RGB, 1 YCbCr. */
function adobe(transform: 0 | 1): Buffer {
  return Buffer.concat([Buffer.of(0xff, 0xee, 0, 14), Buffer.from('Adobe'), Buffer.of(0, 100, 0, 0, 0, 0, transform)]);
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { replaceFile } from '../../shared/files.js';
import type { Mpp } from '../../shared/units.js';
import type { HeatField, HeatFrame } from './heat-field.js';

/** Edge of a tile, px; levels are added until one fits a tile. */
const tile = 256;

/** What an OME-TIFF says of its one image. */
export interface HeatmapFacts {
  readonly name: string;
  /** What the values are, e.g. "attention, percentile". */
  readonly channel: string;
  /** µm/px of the slide's level 0; undefined where nothing says it. */
  readonly mpp: Mpp | undefined;
}

/**
 * Writes a heatmap as an OME-TIFF: one channel of 32-bit floats, NaN where no patch lies, as a pyramid whose levels are each
 * computed from the patches. Its PhysicalSize and size put it over the slide exactly. Tiles are computed one by one, so that
 * no size is too large; those without a patch are all the same bytes of the file.
 * @throws HardmineError `disk-full`, `file-denied`, `file-missing`.
 */
export function writeHeatmapTiff(file: string, field: HeatField, frame: HeatFrame, facts: HeatmapFacts): void {
  replaceFile(file, (temporary) => {
    const target = new TiffTarget(openSync(temporary, 'w'));
    try {
      const levels = levelsOf(frame).map((level) => ({ level, tiles: writeTiles(target, field, level) }));
      const reduced = levels.slice(1).map(({ level, tiles }) => target.directory(entriesOf(level, tiles, facts.mpp, 1)));
      const main = target.directory([...entriesOf(frame, levels[0]!.tiles, facts.mpp, 0), text(270, omeXml(frame, facts)), longs(330, reduced)].filter(({ values }) => values.length > 0));
      target.finish(main);
    } finally {
      target.close();
    }
  });
}

/** The frame and its halves. */
function levelsOf(frame: HeatFrame): HeatFrame[] {
  const levels = [frame];
  for (let last = frame; Math.max(last.width, last.height) > tile; levels.push(last)) {
    last = { width: Math.ceil(last.width / 2), height: Math.ceil(last.height / 2), scaleX: 2 * last.scaleX, scaleY: 2 * last.scaleY };
  }
  return levels;
}

interface Tiles {
  readonly offsets: number[];
  readonly lengths: number[];
}

function writeTiles(target: TiffTarget, field: HeatField, level: HeatFrame): Tiles {
  const tiles: Tiles = { offsets: [], lengths: [] };
  for (let top = 0; top < level.height; top += tile) {
    for (let left = 0; left < level.width; left += tile) {
      const { offset, length } = target.tile(field.render(level, { left, top, width: tile, height: tile }));
      tiles.offsets.push(offset);
      tiles.lengths.push(length);
    }
  }
  return tiles;
}

/** A field of an image directory. */
interface Entry {
  readonly tag: number;
  /** 2 text, 3 SHORT, 5 RATIONAL (numerator and denominator in turn), 16 LONG8. */
  readonly type: 2 | 3 | 5 | 16;
  readonly values: readonly number[];
}

const bytesOf: Readonly<Record<Entry['type'], number>> = { 2: 1, 3: 2, 5: 4, 16: 8 };
const short = (tag: number, ...values: number[]): Entry => ({ tag, type: 3, values });
const longs = (tag: number, values: readonly number[]): Entry => ({ tag, type: 16, values });
const text = (tag: number, content: string): Entry => ({ tag, type: 2, values: [...Buffer.from(`${content}\0`)] });

function entriesOf({ width, height, scaleX, scaleY }: HeatFrame, { offsets, lengths }: Tiles, mpp: Mpp | undefined, reduced: 0 | 1): Entry[] {
  // Pixels a centimetre, in thousandths.
  const resolution = (tag: number, micrometres: number): Entry => ({ tag, type: 5, values: [Math.round(1e7 / micrometres), 1000] });
  const physical = mpp ? [resolution(282, mpp.x * scaleX), resolution(283, mpp.y * scaleY), short(296, 3)] : [];
  return [longs(254, [reduced]), longs(256, [width]), longs(257, [height]), short(258, 32), short(259, 8), short(262, 1), short(277, 1), ...physical, text(305, 'Hardmine'), short(322, tile), short(323, tile), longs(324, offsets), longs(325, lengths), short(339, 3)];
}

function omeXml({ width, height, scaleX, scaleY }: HeatFrame, { name, channel, mpp }: HeatmapFacts): string {
  const physical = mpp ? ` PhysicalSizeX="${mpp.x * scaleX}" PhysicalSizeXUnit="µm" PhysicalSizeY="${mpp.y * scaleY}" PhysicalSizeYUnit="µm"` : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openmicroscopy.org/Schemas/OME/2016-06 http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd">',
    `<Image ID="Image:0" Name="${escaped(name)}"><Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="float" BigEndian="false" SizeX="${width}" SizeY="${height}" SizeZ="1" SizeC="1" SizeT="1"${physical}>`,
    `<Channel ID="Channel:0:0" Name="${escaped(channel)}" SamplesPerPixel="1"/><TiffData IFD="0" PlaneCount="1"/></Pixels></Image></OME>`,
  ].join('');
}

function escaped(value: string): string {
  return value.replace(/[&<>"\n]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A BigTIFF file that grows: tiles, then directories, then where the first directory lies. */
class TiffTarget {
  private position = 16;
  private empty: { offset: number; length: number } | undefined;

  constructor(private readonly descriptor: number) {
    this.write(Buffer.alloc(16), 0);
  }

  /** Appends a tile of values; those without any are written once. */
  tile(values: Float32Array | undefined): { readonly offset: number; readonly length: number } {
    if (!values && this.empty) return this.empty;
    // Squares of one value pack well at any level; this one is five times as fast as the usual.
    const packed = deflateSync((values ?? new Float32Array(tile * tile).fill(NaN)) as Float32Array<ArrayBuffer>, { level: 3 });
    const place = { offset: this.append(packed), length: packed.length };
    if (!values) this.empty = place;
    return place;
  }

  /** Appends a directory. @returns where it lies. */
  directory(entries: readonly Entry[]): number {
    const sorted = [...entries].sort((a, b) => a.tag - b.tag);
    const directory = Buffer.alloc(8 + 20 * sorted.length + 8);
    directory.writeBigUInt64LE(BigInt(sorted.length), 0);
    sorted.forEach(({ tag, type, values }, i) => {
      const at = 8 + 20 * i;
      const data = packed(type, values);
      directory.writeUInt16LE(tag, at);
      directory.writeUInt16LE(type, at + 2);
      directory.writeBigUInt64LE(BigInt(type === 5 ? values.length / 2 : values.length), at + 4);
      if (data.length <= 8) data.copy(directory, at + 12);
      else directory.writeBigUInt64LE(BigInt(this.append(data)), at + 12);
    });
    return this.append(directory);
  }

  finish(mainDirectory: number): void {
    const header = Buffer.from('49492b000800000000000000000000000000', 'hex').subarray(0, 16);
    header.writeBigUInt64LE(BigInt(mainDirectory), 8);
    this.write(header, 0);
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private append(bytes: Buffer): number {
    const at = this.position;
    this.write(bytes, at);
    // Values and directories begin at even places.
    this.position += bytes.length + (bytes.length % 2);
    return at;
  }

  private write(bytes: Buffer, position: number): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.descriptor, bytes, done, bytes.length - done, position + done);
  }
}

function packed(type: Entry['type'], values: readonly number[]): Buffer {
  const size = bytesOf[type];
  const data = Buffer.alloc(size * values.length);
  values.forEach((value, i) => {
    if (size === 8) data.writeBigUInt64LE(BigInt(value), 8 * i);
    else data.writeUIntLE(value, size * i, size);
  });
  return data;
}

import type { RandomAccessFile } from '../tiff/file.js';
import type { DicomHeader } from './header.js';

const item = { start: 0xe000fffe, delimiter: 0xe0ddfffe } as const;
/** Bytes between two frames that are read along: one read costs more than these. */
const mostGap = 64 * 2 ** 10;
const mostRead = 16 * 2 ** 20;
/** Fragments a frame has at most, on average. */
const mostFragments = 1024;

/** Where the bytes of a frame lie; encapsulated ones begin with the header of their first item. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Reads frames of a DICOM file by their number, counted from 0. */
export class DicomFrames {
  private spans: Promise<readonly Span[] | ((frame: number) => Span)> | undefined;

  /** @param frameBytes of a frame that is not compressed; undefined where frames are. */
  constructor(
    private readonly file: RandomAccessFile,
    private readonly header: DicomHeader,
    private readonly count: number,
    private readonly frameBytes: number | undefined,
  ) {}

  /** The bytes of frames, in the order asked for. @throws Error with a short reason where the file is damaged. */
  async read(frames: readonly number[]): Promise<Uint8Array[]> {
    const spans = await (this.spans ??= this.frameBytes === undefined ? this.encapsulated() : this.plain(this.frameBytes));
    const wanted = frames.map((frame, index) => ({ index, ...(typeof spans === 'function' ? spans(frame) : spans[frame]) })).sort((a, b) => a.start - b.start);
    const result = new Array<Uint8Array>(frames.length);
    for (let i = 0; i < wanted.length; ) {
      let next = i + 1;
      let end = wanted[i].end;
      while (next < wanted.length && wanted[next].start - end <= mostGap && wanted[next].end - wanted[i].start <= mostRead) end = Math.max(end, wanted[next++].end);
      const from = wanted[i].start;
      const bytes = await this.file.read(from, end - from);
      for (; i < next; i++) {
        const { index, start, end: stop } = wanted[i];
        const frame = bytes.subarray(start - from, stop - from);
        result[index] = this.frameBytes === undefined ? joinFragments(frame) : frame;
      }
    }
    return result;
  }

  /** Bytes of uncompressed frames follow each other. */
  private async plain(frameBytes: number): Promise<(frame: number) => Span> {
    const { offset, length } = this.header.pixels;
    const size = await this.file.size();
    if (length === undefined) return this.encapsulated().then((spans) => (frame) => spans[frame]);
    if (length < frameBytes * this.count || offset + length > size) throw new Error('it holds fewer pixels than it says');
    return (frame) => ({ start: offset + frame * frameBytes, end: offset + (frame + 1) * frameBytes });
  }

  /** Frames in items: told by an offset table, else found by their first bytes. */
  private async encapsulated(): Promise<readonly Span[]> {
    const { frameOffsets, frameLengths, pixels } = this.header;
    const size = await this.file.size();
    const table = await this.itemAt(pixels.offset, size);
    const base = table.end;
    if (frameOffsets && frameLengths) {
      const [offsets, lengths] = [await this.longs(frameOffsets.offset, frameOffsets.length), await this.longs(frameLengths.offset, frameLengths.length)];
      return offsets.map((offset, frame) => checked({ start: base + offset, end: base + offset + 8 + lengths[frame] }, base, size));
    }
    if (table.end - table.start === 0) return this.walk(base, size);
    if (table.end - table.start !== this.count * 4) throw new Error('its offset table has another length than its frames');
    const offsets = await this.file.read(table.start, this.count * 4);
    const starts = Array.from({ length: this.count }, (_, frame) => base + offsets.readUInt32LE(frame * 4));
    const last = await this.endOfItems(starts[this.count - 1], size);
    return starts.map((start, frame) => checked({ start, end: starts[frame + 1] ?? last }, base, size));
  }

  private async longs(offset: number, length: number | undefined): Promise<number[]> {
    if (length !== this.count * 8) throw new Error('its offset table has another length than its frames');
    const bytes = await this.file.read(offset, length);
    return Array.from({ length: this.count }, (_, frame) => Number(bytes.readBigUInt64LE(frame * 8)));
  }

  private async itemAt(at: number, size: number): Promise<Span> {
    return this.itemIn(await this.file.read(at, 8), at, size);
  }

  private itemIn(header: Buffer, at: number, size: number): Span {
    const span = { start: at + 8, end: at + 8 + header.readUInt32LE(4) };
    if (header.readUInt32LE(0) !== item.start || span.end > size) throw new Error('its frames are cut short or out of order');
    return span;
  }

  /** Behind the last item from `at` on. */
  private async endOfItems(at: number, size: number): Promise<number> {
    while (at + 8 <= size && (await this.file.read(at, 4)).readUInt32LE(0) === item.start) at = (await this.itemAt(at, size)).end;
    return at;
  }

  /** Every item header of the file in turn, where there is no table: of many frames that takes a moment. */
  private async walk(base: number, size: number): Promise<readonly Span[]> {
    const items: Span[] = [];
    const starts: number[] = [];
    for (let at = base; at + 8 <= size; ) {
      const header = await this.file.read(at, Math.min(12, size - at));
      if (header.readUInt32LE(0) === item.delimiter) break;
      const end = this.itemIn(header, at, size).end;
      if (beginsImage(header.subarray(8))) starts.push(items.length);
      items.push({ start: at, end });
      if (items.length > this.count * mostFragments) throw new Error('it holds far more fragments than frames');
      at = end;
    }
    if (items.length === this.count) return items;
    // Frames in several fragments each: a new one begins with the first marker of its compression.
    const firsts = this.count === 1 ? [0] : starts;
    if (firsts.length !== this.count || items.length === 0) throw new Error(`it holds ${items.length} fragments for ${this.count} frames`);
    return firsts.map((first, frame) => ({ start: items[first].start, end: items[(firsts[frame + 1] ?? items.length) - 1].end }));
  }
}

function checked(span: Span, base: number, size: number): Span {
  if (!(span.start >= base && span.end > span.start && span.end <= size)) throw new Error('its offset table leads out of its pixels');
  return span;
}

/** Start of a JPEG, or of a JPEG 2000 codestream. */
function beginsImage(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && (bytes[1] === 0xd8 || (bytes[1] === 0x4f && bytes[2] === 0xff));
}

/** The content of items one behind the other. */
function joinFragments(items: Buffer): Uint8Array {
  const fragments: Buffer[] = [];
  for (let at = 0; at + 8 <= items.length; ) {
    if (items.readUInt32LE(at) !== item.start) break;
    const end = Math.min(items.length, at + 8 + items.readUInt32LE(at + 4));
    fragments.push(items.subarray(at + 8, end));
    at = end;
  }
  if (fragments.length === 0) throw new Error('a frame does not begin where its offset table says');
  return fragments.length === 1 ? fragments[0] : Buffer.concat(fragments);
}

import dicomParser, { type DataSet } from 'dicom-parser';
import type { RandomAccessFile } from '../tiff/file.js';
import { longVr, peekTag, readElement, undefinedLength, type Located } from './elements.js';
import { parseFrom } from './parse-from.js';
import { readPlaces, type FramePlace } from './places.js';

/** What stands before the pixels of a DICOM file. */
export interface DicomHeader {
  readonly transferSyntax: string;
  /** Elements of small groups, those shared by all frames included. */
  readonly data: DataSet;
  /** Where each frame lies, where the file says so frame by frame. */
  readonly places: readonly FramePlace[] | undefined;
  /** Extended offset table and its lengths. */
  readonly frameOffsets: Located | undefined;
  readonly frameLengths: Located | undefined;
  readonly pixels: Located;
}

const tags = { perFrame: 'x52009230', frameOffsets: 'x7fe00001', frameLengths: 'x7fe00002', pixels: 'x7fe00010' } as const;
const implicitVr = '1.2.840.10008.1.2';
/** Largest header before the frames' own, bytes: colour profiles and icons stand there. */
const mostHeader = 16 * 2 ** 20;
/** Elements behind the frames' own that are passed over before the pixels. */
const mostBehind = 256;

/**
 * Reads the header of a DICOM file, up to its pixels and not them.
 * @throws Error with a short reason where it is damaged.
 */
export async function readHeader(file: RandomAccessFile): Promise<DicomHeader> {
  const { transferSyntax, data, end } = await parseFrom(file, 0, mostHeader, parseHead);
  const explicit = transferSyntax !== implicitVr;
  const size = await file.size();
  let places: readonly FramePlace[] | undefined;
  let frameOffsets: Located | undefined;
  let frameLengths: Located | undefined;
  for (let at = end, count = 0; count < mostBehind; count++) {
    const { tag, offset, length } = await readElementHeader(file, at, size, explicit);
    if (tag === tags.pixels) return { transferSyntax, data, places, frameOffsets, frameLengths, pixels: { offset, length } };
    if (length !== undefined && offset + length > size) throw new Error('the file ends within its header');
    if (tag === tags.perFrame) {
      const read = await readPlaces(file, { offset, length }, explicit);
      places = read.places;
      at = read.end;
      continue;
    }
    if (length === undefined) throw new Error(`element ${tag.slice(1)} has no length`);
    if (tag === tags.frameOffsets) frameOffsets = { offset, length };
    if (tag === tags.frameLengths) frameLengths = { offset, length };
    at = offset + length;
  }
  throw new Error('it holds no pixels');
}

/** Bytes that tell a DICOM file. */
export const dicomStart = 132;

/** Whether a file begins as DICOM files do. */
export function isDicom(start: Uint8Array): boolean {
  return start.length >= dicomStart && Buffer.from(start.subarray(dicomStart - 4, dicomStart)).toString('latin1') === 'DICM';
}

interface Head {
  readonly transferSyntax: string;
  readonly data: DataSet;
  /** Position of the first element behind. */
  readonly end: number;
}

/**
 * The elements up to those that grow with the number of frames.
 * @param until tag to stop before. @returns undefined where the bytes end first.
 */
export function parseHead(bytes: Buffer, until: string = tags.perFrame): Head | undefined {
  const data = dicomParser.readPart10Header(bytes);
  const transferSyntax = data.string('x00020010') ?? '';
  const explicit = transferSyntax !== implicitVr;
  const stream = new dicomParser.ByteStream(dicomParser.littleEndianByteArrayParser, bytes, endOf(data));
  while (stream.position + 8 <= bytes.length) {
    const tag = peekTag(stream);
    if (tag >= until) return { transferSyntax, data, end: stream.position };
    data.elements[tag] = readElement(stream, explicit);
  }
  return undefined;
}

/** Where the file meta information ends, that is, the data set begins. */
function endOf(meta: DataSet): number {
  return Math.max(dicomStart, ...Object.values(meta.elements).map(({ dataOffset, length }) => dataOffset + length));
}

/** The tag, place and length of the element at byte `at`. */
async function readElementHeader(file: RandomAccessFile, at: number, size: number, explicit: boolean): Promise<Located & { readonly tag: string }> {
  if (at + 8 > size) throw new Error('the file ends before its pixels');
  const bytes = await file.read(at, Math.min(12, size - at));
  const hex = (position: number): string => bytes.readUInt16LE(position).toString(16).padStart(4, '0');
  const tag = `x${hex(0)}${hex(2)}`;
  const long = explicit && longVr.test(bytes.toString('latin1', 4, 6));
  if (long && bytes.length < 12) throw new Error('the file ends before its pixels');
  const length = explicit ? (long ? bytes.readUInt32LE(8) : bytes.readUInt16LE(6)) : bytes.readUInt32LE(4);
  return { tag, offset: at + (long ? 12 : 8), length: length === undefinedLength ? undefined : length };
}

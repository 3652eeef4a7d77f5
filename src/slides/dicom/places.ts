import dicomParser, { type ByteStream, type DataSet } from 'dicom-parser';
import type { RandomAccessFile } from '../tiff/file.js';
import { peekTag, readElement, undefinedLength, type Located } from './elements.js';
import { parseFrom } from './parse-from.js';

/** Where a frame lies in the whole matrix: its top left pixel, counted from 1. */
export interface FramePlace {
  readonly column: number;
  readonly row: number;
}

const delimiter = { item: 'xfffee00d', sequence: 'xfffee0dd' } as const;
/** Largest sequence taken in, bytes: some 300,000 frames. */
const mostBytes = 128 * 2 ** 20;

/**
 * The places that the functional groups of each frame tell, and the byte behind them. Items are taken one at a
 * time: all of them as objects would take many times the memory.
 * @returns no places where the groups do not tell them. @throws Error with a short reason where they are damaged.
 */
export async function readPlaces(file: RandomAccessFile, { offset, length }: Located, explicit: boolean): Promise<{ readonly places: readonly FramePlace[] | undefined; readonly end: number }> {
  if (length !== undefined && length > mostBytes) throw new Error(`the groups of its frames are larger than ${mostBytes / 2 ** 20} MB`);
  return parseFrom(file, offset, length ?? mostBytes, (bytes) => {
    if (length !== undefined && bytes.length < length) return undefined;
    const stream = new dicomParser.ByteStream(dicomParser.littleEndianByteArrayParser, bytes, 0);
    const places: FramePlace[] = [];
    let known = true;
    while (length === undefined || stream.position < length) {
      if (stream.position + 8 > bytes.length) return undefined;
      if (peekTag(stream) === delimiter.sequence) {
        stream.seek(8);
        break;
      }
      const place = placeOf(readItem(stream, explicit));
      if (place) places.push(place);
      else known = false;
    }
    return { places: known ? places : undefined, end: offset + stream.position };
  });
}

/** The data set of the plane position of one item, where it has one; the stream is behind the item then. */
function readItem(stream: ByteStream, explicit: boolean): DataSet | undefined {
  const { length } = dicomParser.readSequenceItem(stream);
  const end = length === undefinedLength ? undefined : stream.position + length;
  let position: DataSet | undefined;
  while (end === undefined || stream.position < end) {
    if (end === undefined && peekTag(stream) === delimiter.item) {
      stream.seek(8);
      break;
    }
    const element = readElement(stream, explicit);
    if (element.tag === 'x0048021a') position = element.items?.[0]?.dataSet;
  }
  return position;
}

/** Signed longs, both with explicit and with implicit value representations. */
function placeOf(position: DataSet | undefined): FramePlace | undefined {
  const column = position?.int32('x0048021e');
  const row = position?.int32('x0048021f');
  return column === undefined || row === undefined ? undefined : { column, row };
}

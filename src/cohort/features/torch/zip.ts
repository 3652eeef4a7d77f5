import { fstatSync } from 'node:fs';
import { readBytes, type StoredBytes } from './bytes.js';

/** A directory of a tensor takes a few hundred bytes. */
const directoryBytes = 2 ** 20;
/** The end record, and the longest comment that may follow it. */
const endBytes = 22;
const commentBytes = 0xffff;
/** What a 32-bit field says when the value stands in the zip64 record. */
const elsewhere = 0xffff_ffff;

/**
 * Where the files of an uncompressed zip archive lie, by name. Written here because packages that were tried end the
 * process where a directory is damaged, and because the numbers are to be read where they lie.
 * @throws RangeError in words for people.
 */
export function zipEntries(descriptor: number): Map<string, StoredBytes> {
  const { offset, size } = findDirectory(descriptor);
  if (size > directoryBytes) throw new RangeError('holds far more than one tensor');
  const directory = viewOf(descriptor, offset, size);
  const entries = new Map<string, StoredBytes>();
  for (let at = 0; at < size; ) {
    expectRoom(directory, at, 46);
    if (directory.getUint32(at, true) !== 0x02014b50) throw damaged();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => directory.getUint16(at + field, true));
    expectRoom(directory, at + 46, nameLength + extraLength);
    if (directory.getUint16(at + 10, true) !== 0) throw new RangeError('is compressed, which PyTorch never does');
    const name = Buffer.from(directory.buffer, at + 46, nameLength).toString();
    const wide = zip64Fields(directory, at + 46 + nameLength, extraLength);
    // The zip64 field holds only what did not fit, in this order.
    const [length, , header] = [24, 20, 42].map((field) => ((value) => (value === elsewhere ? wide() : value))(directory.getUint32(at + field, true)));
    entries.set(name, { position: dataStart(descriptor, header), length });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

function findDirectory(descriptor: number): { readonly offset: number; readonly size: number } {
  const fileSize = fstatSync(descriptor).size;
  const start = Math.max(0, fileSize - endBytes - commentBytes);
  const tail = viewOf(descriptor, start, fileSize - start);
  let at = tail.byteLength - endBytes;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw damaged();
  const [size, offset] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
  if (size !== elsewhere && offset !== elsewhere) return { offset, size };
  expectRoom(tail, at - 20, 20);
  const end = viewOf(descriptor, integer(tail, at - 20 + 8), 56);
  if (end.getUint32(0, true) !== 0x06064b50) throw damaged();
  return { size: integer(end, 40), offset: integer(end, 48) };
}

/** The 64-bit numbers of an entry's zip64 field, one a call. */
function zip64Fields(view: DataView, start: number, length: number): () => number {
  for (let at = start; at + 4 <= start + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const end = Math.min(start + length, at + 4 + view.getUint16(at + 2, true));
    let next = at + 4;
    return () => {
      if (next + 8 > end) throw damaged();
      next += 8;
      return integer(view, next - 8);
    };
  }
  return () => {
    throw damaged();
  };
}

/** Name and extra field of the local header may differ from those of the directory. */
function dataStart(descriptor: number, header: number): number {
  const local = viewOf(descriptor, header, 30);
  if (local.getUint32(0, true) !== 0x04034b50) throw damaged();
  return header + 30 + local.getUint16(26, true) + local.getUint16(28, true);
}

function viewOf(descriptor: number, position: number, length: number): DataView {
  const bytes = readBytes(descriptor, position, length);
  if (bytes.length < length) throw damaged();
  return new DataView(bytes.buffer, 0, length);
}

function integer(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function expectRoom(view: DataView, at: number, length: number): void {
  if (at < 0 || at + length > view.byteLength) throw damaged();
}

function damaged(): RangeError {
  return new RangeError('is damaged or cut short');
}

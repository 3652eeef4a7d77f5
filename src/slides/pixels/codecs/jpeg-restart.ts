/** What stands before the scan of a JPEG that is cut into restart intervals. */
export interface RestartHeader {
  /** From the start of the image to the start of its scan. */
  readonly bytes: Buffer;
  /** Of the frame's height among them; the width follows. Large images say 0 or what they like there. */
  readonly sizeAt: number;
  /** Coding units between two restart markers; 0 where there are no markers. */
  readonly interval: number;
  /** Of a coding unit, pixels. */
  readonly unitWidth: number;
  readonly unitHeight: number;
}

const endOfImage = Buffer.of(0xff, 0xd9);

/**
 * Reads the header of a baseline JPEG.
 * @param start its first bytes, all of its header among them.
 * @throws Error with a short reason where it is none.
 */
export function readRestartHeader(start: Buffer): RestartHeader {
  let [sizeAt, interval, unitWidth, unitHeight] = [0, 0, 0, 0];
  if (start.length < 4 || start.readUInt16BE(0) !== 0xffd8) throw new Error('a level is no JPEG');
  for (let at = 2; at + 4 <= start.length && start[at] === 0xff; ) {
    const [kind, end] = [start[at + 1], at + 2 + start.readUInt16BE(at + 2)];
    if (end > start.length || end < at + 4) break;
    if (kind === 0xc0 || kind === 0xc1) {
      const components = start[at + 9];
      if (at + 10 + 3 * components > end) break;
      const sampling = Array.from({ length: components }, (_, i) => start[at + 11 + 3 * i]);
      sizeAt = at + 5;
      unitWidth = 8 * Math.max(0, ...sampling.map((value) => value >> 4));
      unitHeight = 8 * Math.max(0, ...sampling.map((value) => value & 15));
    } else if (kind === 0xdd && end >= at + 6) interval = start.readUInt16BE(at + 4);
    else if (kind === 0xda) {
      if (unitWidth === 0 || unitHeight === 0) break;
      return { bytes: start.subarray(0, end), sizeAt, interval, unitWidth, unitHeight };
    }
    at = end;
  }
  throw new Error('a level is a JPEG without the header of a baseline scan');
}

/**
 * A JPEG of its own out of restart intervals that lie one below the other.
 * @param intervals without the markers between them.
 * @param width, height of what they show, pixels.
 */
export function joinIntervals({ bytes, sizeAt }: RestartHeader, intervals: readonly Uint8Array[], width: number, height: number): Buffer {
  const header = Buffer.from(bytes);
  header.writeUInt16BE(height, sizeAt);
  header.writeUInt16BE(width, sizeAt + 2);
  const scan = intervals.flatMap((interval, i) => (i === 0 ? [interval] : [Buffer.of(0xff, 0xd0 + ((i - 1) & 7)), interval]));
  return Buffer.concat([header, ...scan, endOfImage]);
}

/** What the frame header of a JPEG says. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** How many columns and rows share a chroma sample. */
  readonly subsampling: readonly [across: number, down: number];
}

/** @throws Error where the bytes are no JPEG of one or three channels. */
export function readJpegFrame(tile: Uint8Array): JpegFrame {
  const view = new DataView(tile.buffer, tile.byteOffset, tile.byteLength);
  if (tile.length < 4 || view.getUint16(0) !== 0xffd8) throw new Error('a tile is no JPEG');
  for (let at = 2; at + 12 <= tile.length && tile[at] === 0xff; ) {
    const kind = tile[at + 1];
    // Fill bytes, any number, may stand before a marker.
    if (kind === 0xff) at++;
    else if (isFrame(kind)) return frameAt(view, at);
    else if (kind === 0xda) break;
    else at += 2 + view.getUint16(at + 2);
  }
  throw new Error('a tile is a JPEG without a frame');
}

function frameAt(view: DataView, at: number): JpegFrame {
  const components = view.getUint8(at + 9);
  if (components !== 1 && components !== 3) throw new Error(`a tile holds ${components} channels instead of 3`);
  if (at + 10 + 3 * components > view.byteLength) throw new Error('a tile is cut short');
  const [luma, chroma] = [view.getUint8(at + 11), components === 3 ? view.getUint8(at + 14) : view.getUint8(at + 11)];
  return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), components, subsampling: [(luma >> 4) / (chroma >> 4), (luma & 15) / (chroma & 15)] };
}

/** The start of a frame, of any process; among these numbers tables stand too. */
function isFrame(kind: number): boolean {
  return kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc;
}

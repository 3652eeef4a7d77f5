/** What the first marker segment of a JPEG 2000 codestream says. */
export interface Jpeg2000Size {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Whether chroma is coarser than luma. */
  readonly subsampled: boolean;
}

/** @throws Error where the bytes are no codestream. */
export function readJpeg2000Size(tile: Uint8Array): Jpeg2000Size {
  const view = new DataView(tile.buffer, tile.byteOffset, tile.byteLength);
  // Start of codestream, then SIZ.
  if (tile.length < 42 || view.getUint32(0) !== 0xff4fff51) throw new Error('a tile is no JPEG 2000 codestream');
  const components = view.getUint16(40);
  if (tile.length < 42 + 3 * components) throw new Error('a tile is cut short');
  const steps = Array.from({ length: components }, (_, i) => view.getUint16(43 + 3 * i));
  return { width: view.getUint32(8) - view.getUint32(16), height: view.getUint32(12) - view.getUint32(20), components, subsampled: steps.some((step) => step !== 0x0101) };
}

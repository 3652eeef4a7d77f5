import type { Step } from './interleave.js';

/** What the first marker segment of a JPEG 2000 codestream says. */
export interface Jpeg2000Size {
  readonly width: number;
  readonly height: number;
  readonly components: readonly Step[];
  /** Whether all samples are unsigned and of 8 bits. */
  readonly bytes: boolean;
  /** JPEG 2000 tiles that it is cut into. */
  readonly parts: number;
}

/** @throws Error where the bytes are no codestream. */
export function readJpeg2000Size(tile: Uint8Array): Jpeg2000Size {
  const view = new DataView(tile.buffer, tile.byteOffset, tile.byteLength);
  // Start of codestream, then SIZ.
  if (tile.length < 42 || view.getUint32(0) !== 0xff4fff51) throw new Error('a tile is no JPEG 2000 codestream');
  const count = view.getUint16(40);
  if (tile.length < 42 + 3 * count) throw new Error('a tile is cut short');
  const [right, bottom] = [view.getUint32(8), view.getUint32(12)];
  const components = Array.from({ length: count }, (_, i) => ({ depth: view.getUint8(42 + 3 * i), across: view.getUint8(43 + 3 * i), down: view.getUint8(44 + 3 * i) }));
  return {
    width: right - view.getUint32(16),
    height: bottom - view.getUint32(20),
    components,
    bytes: components.every(({ depth }) => depth === 7),
    parts: Math.ceil((right - view.getUint32(32)) / view.getUint32(24)) * Math.ceil((bottom - view.getUint32(36)) / view.getUint32(28)),
  };
}

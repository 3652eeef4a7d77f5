import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../../../shared/errors.js';
import type { TileCodec } from '../codec.js';
import { greyToRgb } from '../grey.js';
import { yccToRgb } from '../ycc.js';
import { isFull } from './interleave.js';
import { findOpenJpeg } from './library.js';
import { readJpeg2000Size } from './size.js';
import { decodeInWasm } from './wasm.js';

export type Jpeg2000Request = Pick<TileCodec, 'width' | 'height' | 'colour'> & { readonly tile: Uint8Array };

/** Parts a tile may be cut into: decoders take some kB for each, whatever it holds. */
const mostParts = 4096;

async function decode({ tile, width, height, colour }: Jpeg2000Request): Promise<Uint8Array> {
  const size = readJpeg2000Size(tile);
  const { components } = size;
  // What a tile may not be is refused before the decoder takes memory for it.
  if (size.width !== width || size.height > height) throw new Error(`a tile holds ${size.width} × ${size.height} pixels instead of ${width} × ${height}`);
  if (components.length !== 1 && components.length !== 3) throw new Error(`a tile holds ${components.length} channels instead of 3`);
  if (!(size.parts <= mostParts)) throw new Error('a tile is cut into too many parts');
  const { library } = await findOpenJpeg();
  // Other depths are brought to 8 bits by the decoder of pdf.js alone.
  const pixels = library && size.bytes ? library.decode(tile, size) : await decodeInWasm(tile, size);
  if (components.length === 1) return greyToRgb(pixels, false);
  // Only chroma is ever coarser.
  if (colour === 'ycbcr' || !components.every(isFull)) yccToRgb(pixels);
  return pixels;
}

parentPort!.on('message', (request: Jpeg2000Request) => {
  decode(request).then(
    (result) => parentPort!.postMessage({ result }, [result.buffer as ArrayBuffer]),
    (error: unknown) => parentPort!.postMessage({ error: messageOf(error) }),
  );
});

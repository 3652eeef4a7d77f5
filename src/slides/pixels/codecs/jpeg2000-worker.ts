import { readFile } from 'node:fs/promises';
import nodeModule from 'node:module';
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../../shared/errors.js';
import type { TileCodec } from './codec.js';
import { readJpeg2000Size } from './jpeg2000-size.js';
import { greyToRgb } from './grey.js';
import { yccToRgb } from './ycc.js';

export type Jpeg2000Request = Pick<TileCodec, 'width' | 'height' | 'colour'> & { readonly tile: Uint8Array };

/** pdf.js carries the fastest build of OpenJPEG among npm's (docs/slides.md); it asks for the bytes of its WebAssembly. */
const decoder = import('pdfjs-dist/legacy/image_decoders/pdf.image_decoders.mjs').then(({ JpxImage, setVerbosityLevel }) => {
  setVerbosityLevel(0);
  const fetched = (_: string, { filename }: { readonly filename: string }): Promise<Uint8Array> => readFile(nodeModule.createRequire(__filename).resolve(`pdfjs-dist/wasm/${filename}`));
  JpxImage.setOptions({ useWasm: true, useWorkerFetch: false, wasmUrl: '', handler: { sendWithPromise: fetched } });
  return JpxImage;
});

async function decode({ tile, width, height, colour }: Jpeg2000Request): Promise<Uint8Array> {
  const size = readJpeg2000Size(tile);
  // What a tile may not be is refused before the decoder takes memory for it.
  if (size.width !== width || size.height > height) throw new Error(`a tile holds ${size.width} × ${size.height} pixels instead of ${width} × ${height}`);
  if (size.components !== 1 && size.components !== 3) throw new Error(`a tile holds ${size.components} channels instead of 3`);
  const pixels = new Uint8Array((await (await decoder).decode(tile, { numComponents: size.components })).buffer);
  if (pixels.length !== width * size.height * size.components) throw new Error('a tile decodes to another size than it claims');
  if (size.components === 1) return greyToRgb(pixels, false);
  // Chroma of half the width comes back as RGB already.
  if (colour === 'ycbcr' && !size.subsampled) yccToRgb(pixels);
  return pixels;
}

parentPort!.on('message', (request: Jpeg2000Request) => {
  decode(request).then(
    (result) => parentPort!.postMessage({ result }, [result.buffer as ArrayBuffer]),
    (error: unknown) => parentPort!.postMessage({ error: messageOf(error) }),
  );
});

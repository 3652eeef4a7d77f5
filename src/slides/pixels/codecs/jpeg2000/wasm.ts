import { readFile } from 'node:fs/promises';
import nodeModule from 'node:module';

/** pdf.js carries the fastest build of OpenJPEG among npm's (docs/slides.md); it asks for the bytes of its WebAssembly. */
async function load(): Promise<(tile: Uint8Array, components: number) => Promise<Uint8Array>> {
  const { JpxImage, setVerbosityLevel } = await import('pdfjs-dist/legacy/image_decoders/pdf.image_decoders.mjs');
  setVerbosityLevel(0);
  const fetched = (_: string, { filename }: { readonly filename: string }): Promise<Uint8Array> => readFile(nodeModule.createRequire(__filename).resolve(`pdfjs-dist/wasm/${filename}`));
  JpxImage.setOptions({ useWasm: true, useWorkerFetch: false, wasmUrl: '', handler: { sendWithPromise: fetched } });
  return async (tile, components) => new Uint8Array((await JpxImage.decode(tile, { numComponents: components })).buffer);
}

let loaded: ReturnType<typeof load> | undefined;

/** Samples of a codestream, pixel by pixel; chroma of half the width comes back as RGB already. */
export async function decodeInWasm(tile: Uint8Array, components: number): Promise<Uint8Array> {
  return (await (loaded ??= load()))(tile, components);
}

import { readFile } from 'node:fs/promises';
import nodeModule from 'node:module';
import { interleave, isFull, type Plane, type Step } from './interleave.js';
import type { Jpeg2000Size } from './size.js';

/** pdf.js carries the fastest build of OpenJPEG among npm's (docs/slides.md); it asks for the bytes of its WebAssembly. */
async function load(): Promise<(tile: Uint8Array, components: number) => Promise<Uint8Array>> {
  const { JpxImage, setVerbosityLevel } = await import('pdfjs-dist/legacy/image_decoders/pdf.image_decoders.mjs');
  setVerbosityLevel(0);
  const fetched = (_: string, { filename }: { readonly filename: string }): Promise<Uint8Array> => readFile(nodeModule.createRequire(__filename).resolve(`pdfjs-dist/wasm/${filename}`));
  JpxImage.setOptions({ useWasm: true, useWorkerFetch: false, wasmUrl: '', handler: { sendWithPromise: fetched } });
  return async (tile, components) => new Uint8Array((await JpxImage.decode(tile, { numComponents: components })).buffer);
}

let loaded: ReturnType<typeof load> | undefined;

/** Samples of a codestream, pixel by pixel; a coarser component is repeated. @throws Error where it is damaged. */
export async function decodeInWasm(tile: Uint8Array, size: Jpeg2000Size): Promise<Uint8Array> {
  const { width, height, components } = size;
  const samples = await (await (loaded ??= load()))(tile, components.length);
  if (samples.length !== width * height * components.length) throw new Error('a tile decodes to another size than it claims');
  if (components.every(isFull)) return samples;
  // pdf.js gives the samples of each component one after the other, as though all had the size of the first.
  const plane = (step: Step, component: number): Plane => {
    const row = Math.ceil(width / step.across);
    return { ...step, width: row, samples: Int32Array.from({ length: row * Math.ceil(height / step.down) }, (_, i) => samples[i * components.length + component]) };
  };
  return interleave(components.map(plane), size);
}

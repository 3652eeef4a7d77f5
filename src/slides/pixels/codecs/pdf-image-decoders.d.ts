/** The part of pdf.js that decodes images, which comes without types. */
declare module 'pdfjs-dist/legacy/image_decoders/pdf.image_decoders.mjs' {
  export const JpxImage: {
    setOptions(options: { useWasm: boolean; useWorkerFetch: boolean; wasmUrl: string; handler: { sendWithPromise(name: string, request: { readonly filename: string }): Promise<Uint8Array> } }): void;
    decode(bytes: Uint8Array, options: { numComponents: number }): Promise<Uint8ClampedArray>;
  };
  export function setVerbosityLevel(level: number): void;
}

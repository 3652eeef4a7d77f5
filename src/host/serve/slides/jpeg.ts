import sharp from 'sharp';

const quality = 88;

/** RGB pixels as JPEG. Colours keep their full resolution: stains are told apart at the edges of nuclei. */
export async function encodeJpeg(pixels: Uint8Array, { width, height }: { readonly width: number; readonly height: number }): Promise<Uint8Array> {
  return plain(await sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer());
}

/** The bytes without the larger buffer they may be a part of, and as the plain array that crosses into a webview. */
export function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

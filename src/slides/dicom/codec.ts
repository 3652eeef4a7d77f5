import type { TileCodec } from '../pixels/codecs/codec.js';
import type { DicomInstance } from './instance.js';

/** How frames are compressed, by the transfer syntax of their file. */
const syntaxes: Readonly<Record<string, { readonly kind: 'jpeg' | 'jpeg2000' | 'none'; readonly name: string }>> = {
  '1.2.840.10008.1.2': { kind: 'none', name: 'none' },
  '1.2.840.10008.1.2.1': { kind: 'none', name: 'none' },
  '1.2.840.10008.1.2.1.98': { kind: 'none', name: 'none' },
  '1.2.840.10008.1.2.4.50': { kind: 'jpeg', name: 'JPEG' },
  '1.2.840.10008.1.2.4.90': { kind: 'jpeg2000', name: 'JPEG 2000' },
  '1.2.840.10008.1.2.4.91': { kind: 'jpeg2000', name: 'JPEG 2000' },
};

/** Of those that are not decoded here, the ones met in practice. */
const others: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.1.99': 'deflate',
  '1.2.840.10008.1.2.2': 'big-endian order',
  '1.2.840.10008.1.2.4.51': 'JPEG of 12 bits',
  '1.2.840.10008.1.2.4.57': 'lossless JPEG',
  '1.2.840.10008.1.2.4.70': 'lossless JPEG',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS',
  '1.2.840.10008.1.2.4.201': 'High-Throughput JPEG 2000',
  '1.2.840.10008.1.2.4.202': 'High-Throughput JPEG 2000',
  '1.2.840.10008.1.2.4.203': 'High-Throughput JPEG 2000',
  '1.2.840.10008.1.2.5': 'RLE',
};

/** Name of the compression, e.g. `JPEG`. */
export function compressionOf({ header }: DicomInstance): string {
  return syntaxes[header.transferSyntax]?.name ?? others[header.transferSyntax] ?? header.transferSyntax;
}

/** Why the frames of an instance cannot be decoded here, for people; undefined where they can. */
export function codecProblem(instance: DicomInstance): string | undefined {
  const syntax = syntaxes[instance.header.transferSyntax];
  if (!syntax) return `its frames are compressed with ${compressionOf(instance)}`;
  if (instance.samples !== 3) return instance.samples === 1 ? 'its frames hold one channel (fluorescence?), not colour' : `its frames hold ${instance.samples} channels`;
  if (instance.bits !== 8) return `its samples have ${instance.bits} bits`;
  if (syntax.kind === 'none' && instance.photometric !== 'RGB') return `its pixels are not compressed and hold ${instance.photometric || 'no named colour'}`;
  return undefined;
}

/**
 * How the frames of an instance become RGB.
 * @param sample a frame of it: of JPEG the stream itself says what it holds, where it says so, and programs that write DICOM are often wrong.
 */
export function codecOf(instance: DicomInstance, sample: Uint8Array): TileCodec {
  const { kind } = syntaxes[instance.header.transferSyntax];
  const told = /^YBR_FULL/.test(instance.photometric) ? 'ycbcr' : 'rgb';
  const colour = kind === 'jpeg' ? (colourOfJpeg(sample) ?? told) : kind === 'jpeg2000' ? told : 'rgb';
  return { kind, width: instance.tileWidth, height: instance.tileHeight, colour, predictor: 1 };
}

/** By the markers of JFIF (always YCbCr) and Adobe; undefined where neither stands before the frame. */
function colourOfJpeg(stream: Uint8Array): 'rgb' | 'ycbcr' | undefined {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  let jfif = false;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const name = bytes.toString('latin1', at + 4, at + 9);
    if (bytes[at + 1] === 0xee && name === 'Adobe') return bytes[at + 15] === 0 ? 'rgb' : 'ycbcr';
    if (bytes[at + 1] === 0xe0 && name === 'JFIF\0') jfif = true;
    if (bytes[at + 1] === 0xda) break;
  }
  return jfif ? 'ycbcr' : undefined;
}

/** Samples that stand plane by plane, pixel by pixel instead. */
export function interleaved(planes: Uint8Array): Uint8Array {
  const pixels = Math.floor(planes.length / 3);
  const result = new Uint8Array(pixels * 3);
  for (let i = 0, to = 0; i < pixels; i++, to += 3) {
    result[to] = planes[i];
    result[to + 1] = planes[pixels + i];
    result[to + 2] = planes[2 * pixels + i];
  }
  return result;
}

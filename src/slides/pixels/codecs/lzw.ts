const clear = 256;
const end = 257;
const mostCodes = 4096;

/**
 * Unpacks TIFF's LZW (codes of 9 to 12 bits, most significant bit first, widened one code early).
 * @param length bytes at most. @throws Error where a code is used before it is defined.
 */
export function decodeLzw(packed: Uint8Array, length: number): Uint8Array {
  const result = new Uint8Array(length);
  // The string of a code stands in the result already: where, and how long it is.
  const starts = new Uint32Array(mostCodes);
  const lengths = new Uint32Array(mostCodes);
  let next = end + 1;
  let width = 9;
  let buffer = 0;
  let bits = 0;
  let at = 0;
  let written = 0;
  // String of the code before; none after a clear.
  let previousStart = 0;
  let previousLength = 0;
  while (written < length) {
    while (bits < width && at < packed.length) {
      buffer = ((buffer << 8) | packed[at++]) & 0xfffff;
      bits += 8;
    }
    if (bits < width) break;
    bits -= width;
    const code = (buffer >> bits) & ((1 << width) - 1);
    if (code === end) break;
    if (code === clear) {
      next = end + 1;
      width = 9;
      previousLength = 0;
      continue;
    }
    const start = written;
    if (code < clear) result[written++] = code;
    else if (code < next) written = copyWithin(result, starts[code], lengths[code], written);
    else if (code === next && previousLength > 0) {
      // The string being defined: the previous one and its own first byte.
      written = copyWithin(result, previousStart, previousLength, written);
      if (written < length) result[written++] = result[previousStart];
    } else throw new Error('a tile holds an LZW code that was never defined');
    if (previousLength > 0 && next < mostCodes) {
      starts[next] = previousStart;
      lengths[next] = previousLength + 1;
      next++;
    }
    if (next + 1 >= 1 << width && width < 12) width++;
    previousStart = start;
    previousLength = written - start;
  }
  return result.subarray(0, written);
}

/** Byte by byte: the end of the source may be what is being written. @returns the new end. */
function copyWithin(bytes: Uint8Array, start: number, length: number, to: number): number {
  const stop = Math.min(bytes.length, to + length);
  for (let from = start; to < stop; ) bytes[to++] = bytes[from++];
  return to;
}

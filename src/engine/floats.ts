/** A little-endian floating-point format of a file. */
export interface StoredType {
  readonly bytes: number;
  readonly kind: 'float16' | 'bfloat16' | 'float32' | 'float64';
}

/** Raw little-endian values as float32, copied (float64 is rounded to the nearest). */
export function widen(raw: Uint8Array, { bytes, kind }: StoredType): Float32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const values = new Float32Array(raw.byteLength / bytes);
  switch (kind) {
    case 'float32':
      new Uint8Array(values.buffer).set(raw);
      break;
    case 'float64':
      for (let i = 0; i < values.length; i++) values[i] = view.getFloat64(8 * i, true);
      break;
    case 'bfloat16': {
      // bfloat16 is the upper half of a float32.
      const words = new Uint32Array(values.buffer);
      for (let i = 0; i < words.length; i++) words[i] = view.getUint16(2 * i, true) << 16;
      break;
    }
    case 'float16':
      for (let i = 0; i < values.length; i++) values[i] = fromHalf(view.getUint16(2 * i, true));
  }
  return values;
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

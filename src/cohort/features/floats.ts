const buffer = new DataView(new ArrayBuffer(4));
let halves: Float32Array | undefined;

/** All 65 536 half floats (IEEE 754 binary16) by their bits: looking up is many times faster than computing each. */
export function halfFloats(): Float32Array {
  return (halves ??= Float32Array.from({ length: 65_536 }, (_, bits) => halfToNumber(bits)));
}

/** A bfloat16, given by its bits: the upper half of a float32. */
export function bfloatToNumber(bits: number): number {
  buffer.setUint16(0, bits);
  return buffer.getFloat32(0);
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

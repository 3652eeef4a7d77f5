/** @param inverted whether zero is white. */
export function greyToRgb(grey: Uint8Array, inverted: boolean): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (let i = 0; i < grey.length; i++) rgb.fill(inverted ? 255 - grey[i] : grey[i], 3 * i, 3 * i + 3);
  return rgb;
}

/** Turns full-range BT.601 YCbCr into RGB, in place, rounding as libjpeg does. */
export function yccToRgb(pixels: Uint8Array): void {
  const bounded = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
  for (let i = 0; i < pixels.length; i += 3) {
    const y = pixels[i];
    const blue = pixels[i + 1] - 128;
    const red = pixels[i + 2] - 128;
    bounded[i] = y + 1.402 * red;
    bounded[i + 1] = y - 0.344136 * blue - 0.714136 * red;
    bounded[i + 2] = y + 1.772 * blue;
  }
}

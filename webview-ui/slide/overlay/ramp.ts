import { rampColor, rampStops } from '../../../src/shared/heat/ramp.js';

/** The ramp as the bytes of 256 opaque pixels, each in one word as image data wants it on little-endian machines. */
export const rampWords = Uint32Array.from({ length: 256 }, (_, i) => {
  const [r, g, b] = rampColor(i / 255);
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
});

/** The ramp for style sheets, from left to right. */
export const rampGradient = `linear-gradient(to right, ${rampStops.join(', ')})`;

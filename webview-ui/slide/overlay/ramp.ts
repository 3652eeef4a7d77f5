/**
 * Viridis: lightness rises evenly, and it reads the same to people who do not tell red from green. Places of its
 * control points are even; the colours between are mixed.
 */
const stops = ['#440154', '#482878', '#3e4a89', '#31688e', '#26828e', '#1f9e89', '#35b779', '#6dcd59', '#b4de2c', '#fde725'] as const;

const channels = stops.map((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));

/** Colour at a share of the ramp, 0 lowest, as RGB 0–255. */
export function rampColor(share: number): readonly [number, number, number] {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(place));
  const mix = (channel: number): number => Math.round(channels[low][channel] + (channels[low + 1][channel] - channels[low][channel]) * (place - low));
  return [mix(0), mix(1), mix(2)];
}

/** The ramp as the bytes of 256 opaque pixels, each in one word as image data wants it on little-endian machines. */
export const rampWords = Uint32Array.from({ length: 256 }, (_, i) => {
  const [r, g, b] = rampColor(i / 255);
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
});

/** The ramp for style sheets, from left to right. */
export const rampGradient = `linear-gradient(to right, ${stops.join(', ')})`;

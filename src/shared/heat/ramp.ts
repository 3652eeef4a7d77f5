/**
 * Viridis: lightness rises evenly, and it reads the same to people who do not tell red from green. Places of its
 * control points are even; the colours between are mixed.
 */
export const rampStops = ['#440154', '#482878', '#3e4a89', '#31688e', '#26828e', '#1f9e89', '#35b779', '#6dcd59', '#b4de2c', '#fde725'] as const;

const channels = rampStops.map((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));

/** Colour at a share of the ramp, 0 lowest, as RGB 0–255. */
export function rampColor(share: number): readonly [number, number, number] {
  const place = Math.min(1, Math.max(0, share)) * (rampStops.length - 1);
  const low = Math.min(rampStops.length - 2, Math.floor(place));
  const mix = (channel: number): number => Math.round(channels[low]![channel]! + (channels[low + 1]![channel]! - channels[low]![channel]!) * (place - low));
  return [mix(0), mix(1), mix(2)];
}

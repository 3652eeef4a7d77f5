/** Planes of samples from 0 to 255, one or three, pixel by pixel. */
export function interleave([red, green, blue]: readonly Int32Array[]): Uint8Array {
  if (green === undefined || blue === undefined) return Uint8Array.from(red);
  const samples = new Uint8Array(red.length * 3);
  // Four pixels are three words, written in less than half the time of their bytes; Node runs on little-endian machines.
  const whole = red.length - (red.length % 4);
  const words = new Uint32Array(samples.buffer, 0, (whole / 4) * 3);
  for (let i = 0, to = 0; i < whole; i += 4, to += 3) {
    words[to] = red[i] | (green[i] << 8) | (blue[i] << 16) | (red[i + 1] << 24);
    words[to + 1] = green[i + 1] | (blue[i + 1] << 8) | (red[i + 2] << 16) | (green[i + 2] << 24);
    words[to + 2] = blue[i + 2] | (red[i + 3] << 8) | (green[i + 3] << 16) | (blue[i + 3] << 24);
  }
  for (let i = whole; i < red.length; i++) samples.set([red[i], green[i], blue[i]], 3 * i);
  return samples;
}

/** Colour of bare glass where none is seen: about what scanners make of it. */
const usual = [245, 245, 245] as const;
/** Glass is brighter than this in every channel, and its channels differ by less. */
const bright = 215;
const tint = 10;
/** Share of the slide that must look like glass before its colour is believed. */
const enough = 0.01;

/** Colour of the bare glass of a slide (0–255): the median of its bright, colourless pixels. */
export function glassColour(pixels: Uint8Array): readonly [number, number, number] {
  const histograms = [0, 1, 2].map(() => new Uint32Array(256));
  let seen = 0;
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [pixels[i], pixels[i + 1], pixels[i + 2]];
    const low = Math.min(r, g, b);
    // Pure white is where nothing was scanned.
    if (low < bright || low === 255 || Math.max(r, g, b) - low >= tint) continue;
    histograms[0][r]++;
    histograms[1][g]++;
    histograms[2][b]++;
    seen++;
  }
  if (seen < (enough * pixels.length) / 3) return usual;
  const median = (histogram: Uint32Array): number => {
    let value = 0;
    for (let below = histogram[0]; below < seen / 2; below += histogram[value]) value++;
    return value;
  };
  return [median(histograms[0]), median(histograms[1]), median(histograms[2])];
}

import type { Random } from '../../shared/random.js';
import { inkStep, type StainMap } from './stain-map.js';

type Rgb = readonly [number, number, number];

/** How one slide was stained and scanned: optical density of a unit of each dye, and the bare glass. */
export interface Staining {
  readonly haematoxylin: Rgb;
  readonly eosin: Rgb;
  readonly blood: Rgb;
  readonly ink: Rgb;
  /** sRGB, 0–255. */
  readonly glass: Rgb;
}

// Optical density in red, green and blue, near the vectors measured for H&E under common scanners.
const haematoxylin: Rgb = [0.66, 0.74, 0.36];
const eosin: Rgb = [0.09, 0.87, 0.36];
const blood: Rgb = [0.1, 0.85, 0.72];
const inks: readonly Rgb[] = [[1.15, 0.72, 0.12], [1.05, 0.3, 0.75], [0.95, 0.95, 0.9]];

/** No two laboratories stain alike: tint and strength vary from slide to slide. */
export function drawStaining(random: Random): Staining {
  const vary = (dye: Rgb, strength: number): Rgb => {
    const factor = Math.exp(strength * random.normal());
    return [factor * dye[0] * random.between(0.93, 1.07), factor * dye[1] * random.between(0.95, 1.05), factor * dye[2] * random.between(0.9, 1.1)];
  };
  const brightness = random.between(242, 248);
  return {
    haematoxylin: vary(haematoxylin, 0.09),
    eosin: vary(eosin, 0.13),
    blood,
    ink: inks[random.integer(inks.length)],
    glass: [brightness, brightness - random.between(0, 2), brightness + random.between(-1, 1.5)],
  };
}

const tableStep = 1 / 512;
const tableLength = 4096;

/**
 * Light through the dyes (Beer–Lambert: I = I₀·e^−OD) with the noise of a sensor.
 * @returns RGB interleaved, 3·size² bytes.
 */
export function develop(map: StainMap, staining: Staining, random: Random): Uint8Array {
  const transmitted = Float32Array.from({ length: tableLength }, (_, i) => Math.exp(-i * tableStep));
  const grain = Float32Array.from({ length: 8191 }, () => 1.6 * random.normal());
  const pixels = new Uint8Array(3 * map.size * map.size);
  for (let i = 0, out = 0, speck = 0; i < map.size * map.size; i++) {
    const bloodHere = map.blood[i] * inkStep;
    const inkHere = map.ink[i] * inkStep;
    // Each row begins elsewhere in the grain, so that no pattern shows.
    if (i % map.size === 0) speck = random.integer(grain.length);
    // The three channels of a sensor share part of their noise.
    const shared = grain[speck];
    for (let channel = 0; channel < 3; channel++) {
      const density = map.haematoxylin[i] * staining.haematoxylin[channel] + map.eosin[i] * staining.eosin[channel] + bloodHere * staining.blood[channel] + inkHere * staining.ink[channel];
      const step = Math.min(tableLength - 1, Math.max(0, Math.round(density / tableStep)));
      speck = speck === grain.length - 1 ? 0 : speck + 1;
      const value = staining.glass[channel] * transmitted[step] + 0.6 * shared + 0.6 * grain[speck];
      pixels[out++] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
    }
  }
  return pixels;
}

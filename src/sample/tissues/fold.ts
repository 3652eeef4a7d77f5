import type { Random } from '../../shared/random.js';
import { smoothstep, type Noise } from '../raster/noise.js';
import { um, type StainMap } from '../raster/stain-map.js';
import type { Ribbon } from '../scene/ribbon.js';

/** A fold: the section lies upon itself along a ribbon, so light passes tissue twice and focus is lost. */
export function paintFold(map: StainMap, fold: Ribbon, texture: Noise, random: Random): void {
  const shift = Math.round(random.between(14, 24) * um);
  const before = { haematoxylin: map.haematoxylin.slice(), eosin: map.eosin.slice() };
  const doubled = (layer: Float32Array, index: number): number => {
    const over = index + shift * (map.size + 1);
    return over < layer.length ? (layer[over] + layer[over + 1] + layer[over + 2]) / 3 : 0;
  };
  fold.forEachPixel(map, (index, across, x, y) => {
    const ridge = across + 0.22 * texture.octaves(x / (16 * um), y / (16 * um), 3);
    const cover = 1 - smoothstep(0.72, 0.95, ridge);
    const crest = 1 + 0.35 * Math.exp(-(((ridge - 0.62) / 0.18) ** 2));
    map.haematoxylin[index] += cover * crest * (1.1 * doubled(before.haematoxylin, index) + 0.14);
    map.eosin[index] += cover * crest * (0.95 * doubled(before.eosin, index) + 0.12);
  });
}

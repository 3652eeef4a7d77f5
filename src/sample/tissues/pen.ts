import { smoothstep, type Noise } from '../raster/noise.js';
import { inkStep, um, type StainMap } from '../raster/stain-map.js';
import type { Ribbon } from '../scene/ribbon.js';

/** A felt-tip stroke on the cover glass, out of focus, paler where the pen ran dry. */
export function paintPen(map: StainMap, stroke: Ribbon, texture: Noise): void {
  stroke.forEachPixel(map, (index, across, x, y) => {
    const ragged = across + 0.1 * texture.octaves(x / (12 * um), y / (12 * um), 2);
    const cover = 1 - smoothstep(0.7, 0.98, ragged);
    const pooled = 0.75 + 0.3 * smoothstep(0.4, 0.85, ragged) + 0.28 * texture.octaves(x / (60 * um), y / (60 * um), 3);
    map.ink[index] = Math.max(map.ink[index], Math.round((cover * Math.max(0.15, pooled)) / inkStep));
  });
}

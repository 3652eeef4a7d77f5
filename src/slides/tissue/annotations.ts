import { spansOnLine, type Polygon } from '../polygons.js';
import type { Raster } from './raster.js';

/** Areas that a person drew on a slide, level-0 pixels. */
export interface Annotations {
  /** Nothing outside of these is tissue; undefined: everywhere. */
  readonly include?: readonly Polygon[];
  /** Nothing inside of these is tissue. */
  readonly exclude: readonly Polygon[];
  /** An image of the whole slide, black where nothing is tissue. */
  readonly mask?: string;
}

/** Clears the mask outside of what is included and inside of what is excluded, by the centres of its pixels. In place. */
export function heedAnnotations(mask: Raster, { include, exclude }: Omit<Annotations, 'mask'>): void {
  if (include) {
    const inside = drawn(include, mask);
    for (let i = 0; i < mask.data.length; i++) mask.data[i] &= inside[i];
  }
  const outside = drawn(exclude, mask);
  for (let i = 0; i < mask.data.length; i++) mask.data[i] &= 1 - outside[i];
}

/** 1 where the centre of a pixel lies in one of the polygons. */
function drawn(polygons: readonly Polygon[], { width, height, scaleX, scaleY }: Raster): Uint8Array {
  const result = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const spans = spansOnLine(polygons, (row + 0.5) * scaleY);
    for (let s = 0; s < spans.length; s += 2) {
      const from = Math.max(0, Math.ceil(spans[s] / scaleX - 0.5));
      const to = Math.min(width, Math.ceil(spans[s + 1] / scaleX - 0.5));
      if (from < to) result.fill(1, row * width + from, row * width + to);
    }
  }
  return result;
}

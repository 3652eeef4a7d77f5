import type { Slide } from '../contract.js';
import { Coverage } from '../tissue/coverage.js';
import type { Raster } from '../tissue/raster.js';

/** Edge of a field, pixels, and the resolution it is looked at with, µm/px: nuclei show their edges. */
export const fieldSize = 128;
export const fieldMpp = 1;
/** Share of a field that must be tissue. */
const enough = 0.5;

/** A square of tissue to look at closely; left and top edge and edge length in level-0 pixels. */
export interface Field {
  readonly x: number;
  readonly y: number;
  readonly size0: number;
}

/**
 * The squares of 128 µm, side by side from the top left corner, that are at least half tissue. Of a slide coarser
 * than 1 µm/px they are 128 pixels wide. @param mpp level-0 resolution, µm/px.
 */
export function tissueFields(slide: Slide, mpp: number, mask: Raster): Field[] {
  const size0 = fieldSize * Math.max(1, fieldMpp / mpp);
  const [{ width, height }] = slide.levels;
  const coverage = new Coverage(mask.data, mask.width, mask.height);
  const fields: Field[] = [];
  for (let y = 0; y + size0 <= height; y += size0) {
    for (let x = 0; x + size0 <= width; x += size0) {
      if (coverage.share(x / mask.scaleX, y / mask.scaleY, (x + size0) / mask.scaleX, (y + size0) / mask.scaleY) >= enough) fields.push({ x, y, size0 });
    }
  }
  return fields;
}

/** At most `most` of the fields, evenly spread over them: always the same ones. */
export function someFields(fields: readonly Field[], most: number): Field[] {
  return fields.length <= most ? [...fields] : Array.from({ length: most }, (_, i) => fields[Math.floor(((i + 0.5) * fields.length) / most)]);
}

/** The pixels of a field: RGB, 128 × 128. */
export function readField(slide: Slide, { x, y, size0 }: Field): Promise<Uint8Array> {
  return slide.read({ x, y, width: size0, height: size0 }, { width: fieldSize, height: fieldSize });
}

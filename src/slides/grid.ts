import type { TilingOptions } from '../shared/experiment/index.js';
import type { Slide, TileGrid } from './contract.js';
import { findTissue, type TissueMask } from './tissue/mask.js';

/** Raised whenever the same slide and options give other patches, or patches other pixels: caches of before are then not taken. */
export const patchesVersion = 3;

/**
 * The patches of a slide: anchored at its top left corner, never reaching beyond its edges unless `partial`, kept
 * where enough is tissue. Pixels are read no finer than the tissue is looked for, so a count costs little.
 * @param mpp the slide's level-0 resolution, µm/px.
 * @param tissueOf where tissue is, where more than the options say so or others want to know too.
 */
export async function buildTileGrid(slide: Slide, mpp: number, options: TilingOptions, tissueOf: () => Promise<TissueMask> = () => findTissue(slide, mpp, options.tissue)): Promise<TileGrid> {
  const { size0, stride0, columns, rows } = windowsOf(slide, mpp, options);
  const x: number[] = [];
  const y: number[] = [];
  const tissue: number[] = [];
  if (columns > 0 && rows > 0) {
    const mask = await tissueOf();
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const share = Math.fround(mask.share(column * stride0, row * stride0, size0, size0));
        if (share < options.tissue.minFraction) continue;
        x.push(column * stride0);
        y.push(row * stride0);
        tissue.push(share);
      }
    }
  }
  return { size0, size: options.size, mpp: options.mpp, x: Float64Array.from(x), y: Float64Array.from(y), tissue: Float32Array.from(tissue) };
}

/** Every place a patch could lie, tissue or not: `columns` × `rows` windows of `size0` level-0 pixels. */
export function windowsOf(slide: Slide, mpp: number, options: TilingOptions): { readonly size0: number; readonly stride0: number; readonly columns: number; readonly rows: number } {
  const [base] = slide.levels;
  const ratio = options.mpp / mpp;
  const size0 = options.size * ratio;
  const stride0 = Math.max(1, options.size - options.overlap) * ratio;
  const count = options.partial ? countBeginning : countFitting;
  return { size0, stride0, columns: count(base.width, size0, stride0), rows: count(base.height, size0, stride0) };
}

/** How many windows of `size` at multiples of `stride` fit; a hair of tolerance where they fit exactly but for rounding. */
function countFitting(length: number, size: number, stride: number): number {
  return length * (1 + 1e-9) < size ? 0 : Math.floor((length - size) / stride + 1e-6) + 1;
}

/** How many windows cover the length: the last one may reach beyond it, but one that begins in what its predecessor covers whole does not count. */
function countBeginning(length: number, size: number, stride: number): number {
  return Math.max(1, Math.ceil((length - size) / stride - 1e-6) + 1);
}

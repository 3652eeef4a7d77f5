import type { SlideLevel } from '../../slides/contract.js';
import type { Attributes } from './hdf5/attributes.js';

/** A slide's patches, as programs that read CLAM's coords want to know them. */
export interface PatchedSlide {
  readonly id: string;
  readonly base: Pick<SlideLevel, 'width' | 'height'>;
  /** Edge of a patch and overlap of neighbours, level-0 pixels. */
  readonly size0: number;
  readonly overlap0: number;
  /** Magnification of level 0, e.g. 40. */
  readonly magnification: number;
  /** Folder the coords are written to. */
  readonly folder: string;
}

/**
 * Attributes of `coords` that CLAM and TRIDENT read patches by, said so that both mean the same: patches of `patch_size` pixels
 * of level 0. Both want whole pixels; `patch_size_level0`, which the writer adds, is exact.
 */
export function coordsAttributes({ id, base, size0, overlap0, magnification, folder }: PatchedSlide): Attributes {
  const size = [base.width, base.height];
  return {
    patch_size: Math.round(size0),
    patch_level: 0,
    downsample: [1, 1],
    custom_downsample: 1,
    downsampled_level_dim: size,
    level_dim: size,
    level0_width: base.width,
    level0_height: base.height,
    level0_magnification: magnification,
    target_magnification: magnification,
    overlap: Math.round(overlap0),
    name: id,
    save_path: folder,
    savetodir: folder,
  };
}

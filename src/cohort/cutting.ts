import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { TilingOptions } from '../shared/experiment/index.js';
import type { SlideQuality } from '../shared/slide-quality.js';
import type { Slide, TileGrid } from '../slides/contract.js';
import { buildTileGrid } from '../slides/grid.js';
import { resolveMpp } from '../slides/resolution.js';
import { stainedLike, stainingOf } from '../slides/stain/fit.js';
import { referenceStaining } from '../slides/stain/reference.js';
import { slideQuality } from '../slides/quality/record.js';
import { findTissue, type TissueMask } from '../slides/tissue/mask.js';
import type { CohortSlide } from './contract.js';
import { drawnFiles, drawnOn } from './drawn.js';
import { hashSlide } from './hash.js';

/** Where the patches of an open slide lie, and what they are read from. */
export interface Cut {
  /** µm/px of level 0. */
  readonly mpp: number;
  readonly grid: TileGrid;
  /** The slide as encoders shall see it: itself, or as if stained like the reference. @throws HardmineError `stain-unmeasured`. */
  pixels(): Promise<Slide>;
  /** Tissue, ink, focus and staining of the slide; reads about a hundred small squares of it. */
  quality(): Promise<SlideQuality>;
}

/** Cuts the slides of a cohort into patches as an experiment's tiling says, with the files it names. */
export interface Cutter {
  /** Hash of the content of all files that the patches of a slide depend on. @throws HardmineError `file-missing`, `file-denied`. */
  hashOf(row: CohortSlide): Promise<string>;
  /** @throws HardmineError `mpp-unknown`, `annotations-invalid`, and as reading does. */
  cut(slide: Slide, row: CohortSlide): Promise<Cut>;
}

/** @param baseFolder folder of the experiment file. */
export function createCutter(tiling: TilingOptions, baseFolder: string): Cutter {
  const { tissue, stain } = tiling;
  const reference = stain.method === 'none' || stain.reference === undefined ? undefined : resolve(baseFolder, stain.reference);
  let measured: ReturnType<typeof referenceStaining> | undefined;
  return {
    async hashOf(row) {
      const beside = [...drawnFiles(tissue, baseFolder, row.id), ...(reference === undefined ? [] : [reference])];
      const own = await hashSlide(row.path);
      if (beside.length === 0) return own;
      const others = await Promise.all(beside.map(hashSlide));
      return createHash('sha256').update([own, ...others].join('\n')).digest('hex');
    },
    async cut(slide, row) {
      const mpp = resolveMpp(slide, row.mpp);
      const drawn = drawnOn(tissue, baseFolder, row.id);
      let mask: Promise<TissueMask> | undefined;
      const tissueOf = (): Promise<TissueMask> => (mask ??= findTissue(slide, mpp, tissue, drawn));
      const grid = await buildTileGrid(slide, mpp, tiling, tissueOf);
      return {
        mpp,
        grid,
        async pixels() {
          if (stain.method === 'none') return slide;
          measured ??= referenceStaining(reference, stain.method);
          const staining = await stainingOf(slide, mpp, await tissueOf(), stain.method);
          return stainedLike(slide, staining, await measured, stain.method);
        },
        quality: async () => slideQuality(slide, mpp, await tissueOf()),
      };
    },
  };
}

import type { TilingOptions } from '../shared/experiment/index.js';
import type { Mpp } from '../shared/units.js';
import type { SlideLevel } from './contract.js';
import { buildTileGrid, emptyGridDiagnostic } from './grid.js';
import { openSlide } from './open.js';
import { resolveMpp } from './resolution.js';

/** What `mil info SLIDE --json` prints. */
export interface SlideInfo {
  readonly path: string;
  readonly format: string;
  /** Level-0 pixels. */
  readonly width: number;
  readonly height: number;
  readonly levels: readonly SlideLevel[];
  /** µm/px, null where the file does not say. */
  readonly mpp: Mpp | null;
  readonly objectivePower: number | null;
  /** Names alone: label and macro images may show patient data. */
  readonly associatedImages: readonly string[];
}

/** Describes a slide. @throws HardmineError as {@link openSlide} does. */
export async function slideInfo(path: string): Promise<SlideInfo> {
  const slide = await openSlide(path);
  try {
    const [{ width, height }] = slide.levels;
    return { path, format: slide.format, width, height, levels: slide.levels, mpp: slide.mpp ?? null, objectivePower: slide.objectivePower ?? null, associatedImages: slide.associated };
  } finally {
    await slide.close();
  }
}

/** What `mil tiles SLIDE --json` prints. Lengths and places are level-0 pixels. */
export interface SlideTiles {
  readonly path: string;
  /** µm/px of the patches, and of level 0. */
  readonly mpp: number;
  readonly slideMpp: number;
  readonly size: number;
  readonly size0: number;
  readonly count: number;
  readonly tiles: readonly { readonly x: number; readonly y: number; readonly tissue: number }[];
  /** Why there are none. */
  readonly message?: string;
}

/**
 * The tile grid of a slide. `slideMpp` stands in where the file does not say its resolution.
 * @throws HardmineError as {@link openSlide} does, and `mpp-unknown`.
 */
export async function slideTiles(path: string, options: TilingOptions & { readonly slideMpp?: number }): Promise<SlideTiles> {
  const slide = await openSlide(path);
  try {
    const slideMpp = resolveMpp(slide, options.slideMpp);
    const grid = await buildTileGrid(slide, slideMpp, options);
    const tiles = Array.from(grid.x, (x, i) => ({ x, y: grid.y[i], tissue: Math.round(grid.tissue[i] * 1e4) / 1e4 }));
    const empty = emptyGridDiagnostic(slide, grid);
    return { path, mpp: grid.mpp, slideMpp, size: grid.size, size0: grid.size0, count: tiles.length, tiles, ...(empty && { message: `${empty.message} ${empty.remedy ?? ''}`.trim() }) };
  } finally {
    await slide.close();
  }
}

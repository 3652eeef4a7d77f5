import type { TilingOptions } from '../shared/experiment/index.js';
import type { Mpp } from '../shared/units.js';
import type { SlideLevel, TileGrid } from './contract.js';
import { emptyGridDiagnostic } from './empty-grid.js';
import { buildTileGrid } from './grid.js';
import { openSlide } from './open.js';
import { readPatches } from './patches.js';
import { resolveMpp } from './resolution.js';

/** What `mil info SLIDE --json` prints. */
export interface SlideInfo {
  readonly path: string;
  readonly format: string;
  /** Maker of the scanner and compression of level 0, null where the file does not say. */
  readonly vendor: string | null;
  readonly compression: string | null;
  /** Whether the file carries a colour profile; it is not applied. */
  readonly icc: boolean;
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
    return { path, format: slide.format, vendor: slide.vendor ?? null, compression: slide.compression ?? null, icc: slide.icc, width, height, levels: slide.levels, mpp: slide.mpp ?? null, objectivePower: slide.objectivePower ?? null, associatedImages: slide.associated };
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
  /** What reading all of them took, where that was asked for. */
  readonly timing?: TilesTiming;
}

export interface TilesTiming {
  /** Of reading and decoding, without finding the tissue. */
  readonly seconds: number;
  readonly tilesPerSecond: number;
  /** The most memory the process has held, bytes. */
  readonly peakMemory: number;
}

/**
 * The tile grid of a slide. `slideMpp` stands in where the file does not say its resolution; `time` reads every patch.
 * @throws HardmineError as {@link openSlide} does, and `mpp-unknown`.
 */
export async function slideTiles(path: string, options: TilingOptions & { readonly slideMpp?: number; readonly time?: boolean }): Promise<SlideTiles> {
  const slide = await openSlide(path);
  try {
    const slideMpp = resolveMpp(slide, options.slideMpp);
    const grid = await buildTileGrid(slide, slideMpp, options);
    const tiles = Array.from(grid.x, (x, i) => ({ x, y: grid.y[i], tissue: Math.round(grid.tissue[i] * 1e4) / 1e4 }));
    const empty = emptyGridDiagnostic(slide, grid, options);
    return { path, mpp: grid.mpp, slideMpp, size: grid.size, size0: grid.size0, count: tiles.length, tiles, ...(empty && { message: `${empty.message} ${empty.remedy ?? ''}`.trim() }), ...(options.time && { timing: await timePatches(path, grid) }) };
  } finally {
    await slide.close();
  }
}

/** Opens the slide anew: tiles that finding the tissue has decoded must not count as read. */
async function timePatches(path: string, grid: TileGrid): Promise<TilesTiming> {
  const slide = await openSlide(path);
  try {
    const start = performance.now();
    let count = 0;
    for await (const { pixels } of readPatches(slide, grid)) if (pixels.length > 0) count++;
    const seconds = (performance.now() - start) / 1000;
    return { seconds, tilesPerSecond: count === 0 ? 0 : count / seconds, peakMemory: process.resourceUsage().maxRSS * 1024 };
  } finally {
    await slide.close();
  }
}

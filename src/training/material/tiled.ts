import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createCutter, type Cutter } from '../../cohort/cutting.js';
import { hasPatches, PatchStore, writePatches } from '../../cohort/patch-cache.js';
import type { CohortSlide } from '../../cohort/contract.js';
import { HardmineError } from '../../shared/errors.js';
import type { TilingOptions } from '../../shared/experiment/index.js';
import { replaceJson } from '../../shared/files.js';
import type { SlideQuality } from '../../shared/slide-quality.js';
import { emptyGridDiagnostic } from '../../slides/empty-grid.js';
import { openSlide } from '../../slides/open.js';
import type { RunContext } from '../context.js';
import type { Material, SlideMaterial } from './contract.js';
import { patchesKey } from './patches-key.js';
import { QualityCache } from './quality-cache.js';

/** The coordinates of a slide's patches, as the cache keeps them. */
interface Tiles {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly size0: number;
}

/** Patches cut from slides: grids as JSON and pixels as raw RGB in the cache, each made once. */
export function tiledMaterial(context: RunContext): Material {
  const { tiling } = context.experiment;
  const cutter = createCutter(tiling, context.experimentFolder);
  const tilesFolder = path.join(context.cacheFolder, 'tiles');
  const patchesFolder = path.join(context.cacheFolder, 'patches');
  const qualities = new QualityCache(path.join(context.cacheFolder, 'quality'));
  const patchesOf = (hash: string) => path.join(patchesFolder, `${hash}.rgb`);
  mkdirSync(tilesFolder, { recursive: true });
  mkdirSync(patchesFolder, { recursive: true });
  return {
    async prepare(slide) {
      const hash = patchesKey(await cutter.hashOf(slide), slide.mpp, tiling);
      const file = path.join(tilesFolder, `${hash}.json`);
      const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tiles) : undefined;
      if (known && qualities.read(hash) && hasPatches({ file: patchesOf(hash), count: known.x.length }, tiling.size)) return materialOf(hash, known);
      const tiles = await cut(slide, cutter, tiling, patchesOf(hash), context, (quality) => qualities.write(hash, quality));
      replaceJson(file, tiles);
      return materialOf(hash, tiles);
    },
    quality: ({ hash }) => qualities.read(hash),
    patches: (bags) => new PatchStore(tiling.size, bags.map(({ hash, count }) => ({ file: patchesOf(hash), count }))),
  };
}

/** @throws HardmineError `slide-no-tissue`, what the cutter throws, or what reading the slide throws. */
async function cut(row: CohortSlide, cutter: Cutter, tiling: TilingOptions, patchesFile: string, context: RunContext, keepQuality: (quality: SlideQuality) => void): Promise<Tiles> {
  const slide = await openSlide(row.path);
  try {
    context.emit({ type: 'slide-opened', slide: row.id, format: slide.decoder === undefined ? slide.format : `${slide.format}, ${slide.decoder}` });
    const { grid, pixels, quality } = await cutter.cut(slide, row);
    const empty = emptyGridDiagnostic(slide, grid, tiling, row.id);
    if (empty) throw new HardmineError('slide-no-tissue', empty.message, { place: empty.place, ...(empty.remedy === undefined ? {} : { remedy: empty.remedy }) });
    keepQuality(await quality());
    await writePatches(patchesFile, await pixels(), grid, () => context.checkpoint());
    return { x: [...grid.x], y: [...grid.y], size0: grid.size0 };
  } finally {
    await slide.close();
  }
}

function materialOf(hash: string, { x, y, size0 }: Tiles): SlideMaterial {
  return { hash, count: x.length, coords: { x: Float64Array.from(x), y: Float64Array.from(y), size0 } };
}

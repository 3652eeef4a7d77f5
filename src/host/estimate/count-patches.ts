import { resolve } from 'node:path';
import type { CohortSlide } from '../../cohort/contract.js';
import { createCutter } from '../../cohort/cutting.js';
import { openFeatures, storeFile } from '../../cohort/features/index.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { windowsOf } from '../../slides/grid.js';
import { openSlide } from '../../slides/open.js';
import { resolveMpp } from '../../slides/resolution.js';

/** Slides whose tissue is looked at, and slides whose size is read at all: enough for an estimate, few enough for a minute. */
const mostLookedAt = 8;
const mostOpened = 300;

/** How many patches each slide has, counted or estimated. */
export interface PatchCounts {
  readonly of: ReadonlyMap<string, number>;
  readonly total: number;
  /** Features a patch, where stores already hold them. */
  readonly featureSize?: number;
  readonly how: string;
}

/** Counts the patches of a cohort without cutting any. @throws HardmineError when a slide cannot be read. */
export async function countPatches(slides: readonly CohortSlide[], { encoder, tiling }: Pick<Experiment, 'encoder' | 'tiling'>, folder: string): Promise<PatchCounts> {
  return encoder.kind === 'features' ? countStored(slides, resolve(folder, encoder.folder)) : countTiles(slides, tiling, folder);
}

async function countStored(slides: readonly CohortSlide[], folder: string): Promise<PatchCounts> {
  const opened = spread(slides, mostOpened);
  const counts = new Map<string, number>();
  let featureSize = 0;
  for (const { id } of opened) {
    const reader = await openFeatures(storeFile(folder, id));
    counts.set(id, reader.count);
    featureSize = reader.featureSize;
    reader.close();
  }
  const how = opened.length === slides.length ? 'as the feature stores say' : `as ${opened.length} of ${slides.length} feature stores say, the others taken as their mean`;
  return { ...filled(slides, counts), featureSize, how };
}

async function countTiles(slides: readonly CohortSlide[], tiling: Experiment['tiling'], folder: string): Promise<PatchCounts> {
  const cutter = createCutter(tiling, folder);
  const opened = spread(slides, mostOpened);
  const lookedAt = new Set(spread(opened, mostLookedAt));
  const windows = new Map<string, number>();
  let [seen, kept] = [0, 0];
  const exact = new Map<string, number>();
  for (const row of opened) {
    const slide = await openSlide(row.path);
    try {
      const mpp = resolveMpp(slide, row.mpp);
      const { columns, rows } = windowsOf(slide, mpp, tiling);
      windows.set(row.id, columns * rows);
      if (!lookedAt.has(row)) continue;
      const { length } = (await cutter.cut(slide, row)).grid.x;
      exact.set(row.id, length);
      seen += columns * rows;
      kept += length;
    } finally {
      await slide.close();
    }
  }
  const share = seen === 0 ? 0 : kept / seen;
  const counts = new Map([...windows].map(([id, count]) => [id, exact.get(id) ?? Math.round(count * share)]));
  const how =
    exact.size === slides.length
      ? 'counted on tissue masks of all slides'
      : `tissue masks of ${exact.size} of ${slides.length} slides keep ${(share * 100).toFixed(0)} % of all places; the others are taken to keep as many`;
  return { ...filled(slides, counts), how };
}

/** Slides that were not opened count as the mean of those that were. */
function filled(slides: readonly CohortSlide[], counts: ReadonlyMap<string, number>): { readonly of: ReadonlyMap<string, number>; readonly total: number } {
  const mean = [...counts.values()].reduce((sum, count) => sum + count, 0) / Math.max(1, counts.size);
  const of = new Map(slides.map(({ id }) => [id, counts.get(id) ?? Math.round(mean)]));
  return { of, total: [...of.values()].reduce((sum, count) => sum + count, 0) };
}

/** At most `most` of a list, evenly spread over it. */
function spread<T>(items: readonly T[], most: number): T[] {
  return items.length <= most ? [...items] : Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!);
}

import type { CohortSlide } from '../../cohort/contract.js';
import type { Cutter } from '../../cohort/cutting.js';
import { HardmineError } from '../../shared/errors.js';
import type { TileGrid } from '../../slides/contract.js';
import { openSlide } from '../../slides/open.js';
import { readPatches } from '../../slides/patches.js';

/** A slide that is about to be embedded. Lengths are level-0 pixels. */
export interface OpenedSlide {
  readonly row: CohortSlide;
  /** Of its content, and of what else its patches depend on. */
  readonly hash: string;
  readonly grid: TileGrid;
  readonly width: number;
  readonly height: number;
  /** µm/px of level 0. */
  readonly mpp: number;
  readonly objectivePower: number | undefined;
}

/** A cohort as a stream: each slide, its patches in batches, and its end or why it cannot be read on. */
export type CohortPatches =
  | { readonly type: 'slide'; readonly slide: OpenedSlide }
  /** Patches [start, start + count) of the slide's grid: RGB, one after the other. */
  | { readonly type: 'batch'; readonly start: number; readonly count: number; readonly pixels: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'known'; readonly row: CohortSlide }
  | { readonly type: 'failed'; readonly row: CohortSlide; readonly error: unknown };

export interface CohortPatchesOptions {
  readonly cutter: Cutter;
  /** Patches a batch. */
  readonly batch: number;
  /** Whether a slide of that content need not be read again. */
  isKnown(row: CohortSlide, hash: string): Promise<boolean>;
}

/** Reads slide after slide; one that fails does not end the stream. */
export async function* cohortPatches(rows: readonly CohortSlide[], options: CohortPatchesOptions): AsyncGenerator<CohortPatches> {
  for (const row of rows) {
    try {
      if (row.path === '') throw new HardmineError('slide-missing', 'The cohort table names no file for this slide.', { place: { slide: row.id }, remedy: 'Add a path column.' });
      const hash = await options.cutter.hashOf(row);
      if (await options.isKnown(row, hash)) yield { type: 'known', row };
      else yield* slidePatches(row, hash, options);
    } catch (error) {
      yield { type: 'failed', row, error };
    }
  }
}

async function* slidePatches(row: CohortSlide, hash: string, { cutter, batch }: CohortPatchesOptions): AsyncGenerator<CohortPatches> {
  const slide = await openSlide(row.path);
  try {
    const { mpp, grid, pixels: source } = await cutter.cut(slide, row);
    const [{ width, height }] = slide.levels;
    yield { type: 'slide', slide: { row, hash, grid, width, height, mpp, objectivePower: slide.objectivePower } };
    const bytes = 3 * grid.size * grid.size;
    const total = grid.x.length;
    let pixels = new Uint8Array(0);
    for await (const patch of readPatches(await source(), grid)) {
      const place = patch.index % batch;
      if (place === 0) pixels = new Uint8Array(Math.min(batch, total - patch.index) * bytes);
      pixels.set(patch.pixels, place * bytes);
      if ((place + 1) * bytes === pixels.length) yield { type: 'batch', start: patch.index - place, count: place + 1, pixels };
    }
    yield { type: 'end' };
  } finally {
    await slide.close();
  }
}

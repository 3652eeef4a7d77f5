import type { Diagnostic } from '../shared/diagnostics.js';
import type { Place } from '../shared/errors.js';
import type { Experiment, LossOptions, TilingOptions } from '../shared/experiment/index.js';
import type { Slide } from '../slides/contract.js';
import { emptyGridDiagnostic } from '../slides/empty-grid.js';
import { windowsOf } from '../slides/grid.js';
import type { CohortSlide, Split } from './contract.js';
import type { Cutter } from './cutting.js';

/** So many slides, those with the least room for patches, are looked at for tissue; a slide with this many times K places is too large to be one of them. */
const lookedAt = 8;
const roomy = 100;

/** How much room a slide has for patches: its places, tissue or not. */
export interface Room {
  readonly slide: CohortSlide;
  /** µm/px of level 0. */
  readonly mpp: number;
  readonly places: number;
}

/** The room of an open slide. */
export function roomOf(slide: CohortSlide, open: Slide, mpp: number, tiling: TilingOptions): Room {
  const { columns, rows } = windowsOf(open, mpp, tiling);
  return { slide, mpp, places: columns * rows };
}

/**
 * Slides that may hold fewer patches than the ranking loss compares. Their tissue masks are looked at,
 * smallest first and only a few, for large slides are slow to read and hold enough.
 */
export function smallestRooms(rooms: readonly Room[], { topK }: LossOptions): Room[] {
  return [...rooms].filter(({ places }) => places < roomy * topK).sort((a, b) => a.places - b.places).slice(0, lookedAt);
}

/** What is wrong with the count of patches of one small slide: none, or fewer than K. */
export async function checkBag(room: Room, open: Slide, { loss, tiling }: Experiment, cutter: Cutter, split: Split, place: Place): Promise<Diagnostic[]> {
  const { grid } = await cutter.cut(open, room.slide);
  const empty = emptyGridDiagnostic(open, grid, tiling, room.slide.id);
  if (empty) return [{ ...empty, severity: 'warning', message: `${empty.message} It would be left out of a run.`, place }];
  return tooFew(room.slide, grid.x.length, loss, split, place);
}

/** That a slide has fewer patches than the ranking loss compares; test slides never meet the loss. */
export function tooFew({ id }: CohortSlide, count: number, { topK, ranking }: LossOptions, split: Split, place: Place): Diagnostic[] {
  if (ranking === 0 || count >= topK || split.get(id) === 'test') return [];
  return [
    {
      severity: 'warning',
      code: 'bag-smaller-than-k',
      message: `Slide "${id}" has ${count} ${count === 1 ? 'patch' : 'patches'}, the ranking loss compares the highest ${topK} (loss.topK).`,
      remedy: `All of its patches would be compared, the typical with the highest of others; choose a topK of at most ${count}, smaller patches, or leave the slide out.`,
      place,
      fixes: [{ kind: 'set', title: `Set "loss.topK" to ${count}`, path: ['loss', 'topK'], value: count }],
    },
  ];
}

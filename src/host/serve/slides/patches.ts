import { HardmineError } from '../../../shared/errors.js';
import type { ScoreTable } from '../../../shared/run/parquet.js';
import { roles, type Role } from '../../../shared/run/tables.js';
import type { SlidePatches } from '../../../shared/rpc/slides.js';

/**
 * The rows of one slide, as typed columns.
 * @throws HardmineError `features-invalid` where the patches have no places (feature stores without coordinates), `slide-no-tissue` where there are none.
 */
export function patchesOfSlide(table: ScoreTable, slide: string): SlidePatches {
  const start = table.slide.indexOf(slide);
  const end = table.slide.lastIndexOf(slide) + 1;
  if (start < 0) throw new HardmineError('slide-no-tissue', 'No patch of this slide was scored in this round.', { place: { slide }, remedy: 'Choose another round, or look at the warnings of the run.' });
  if (Number.isNaN(table.x[start])) throw new HardmineError('features-invalid', 'The features of this slide have no coordinates, so nothing can be drawn on it.', { place: { slide }, remedy: 'Extract the features with coordinates.' });
  return {
    x: table.x.slice(start, end),
    y: table.y.slice(start, end),
    size: table.size.slice(start, end),
    score: table.score.slice(start, end),
    attention: table.attention.slice(start, end),
    rank: table.rank.slice(start, end),
    role: Uint8Array.from({ length: end - start }, (_, i) => Math.max(0, roles.indexOf(table.role[start + i] as Role))),
    truth: Int8Array.from(table.truth.subarray(start, end)),
  };
}

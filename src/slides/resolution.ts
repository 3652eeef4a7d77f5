import { HardmineError } from '../shared/errors.js';
import type { Slide } from './contract.js';

/**
 * Level-0 resolution in µm/px: what the cohort table says, else what the file says (mean of x and y).
 * @throws HardmineError `mpp-unknown` when neither does.
 */
export function resolveMpp(slide: Slide, fromTable?: number): number {
  if (fromTable !== undefined) return fromTable;
  if (slide.mpp) return (slide.mpp.x + slide.mpp.y) / 2;
  throw new HardmineError('mpp-unknown', 'The file does not say how many µm a pixel spans.', {
    place: { file: slide.path },
    remedy: 'Give it in the `mpp` column of the cohort table (0.25 is typical of 40×, 0.5 of 20×); `mil tiles` and `mil tissue` take --slide-mpp.',
  });
}

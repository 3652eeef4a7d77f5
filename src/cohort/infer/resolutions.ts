import { join } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import { openSlide } from '../../slides/open.js';
import { resolveMpp } from '../../slides/resolution.js';
import type { InferredCohort, InferredSlide } from './contract.js';

/** Opens every slide for its resolution, not its pixels, and says what the person must fill in or leave out. */
export async function withResolutions(cohort: InferredCohort, folder: string): Promise<InferredCohort> {
  if (cohort.kind !== 'slides') return cohort;
  const unreadable: string[] = [];
  const known: number[] = [];
  const slides: InferredSlide[] = [];
  for (const slide of cohort.slides) {
    try {
      const mpp = await resolutionOf(join(folder, slide.file), Number(slide.mpp) || undefined);
      if (mpp !== undefined) known.push(mpp);
      slides.push(mpp === undefined ? { ...slide, mpp: '' } : slide);
    } catch (error) {
      if (!(error instanceof HardmineError)) throw error;
      unreadable.push(slide.id);
      slides.push(slide);
    }
  }
  const unknown = slides.filter(({ mpp }) => mpp === '').length;
  const coarsest = Math.max(0, ...known);
  const notes = [
    ...(unknown > 0 ? [`${unknown} slides do not say how many µm a pixel spans: fill the mpp column (0.25 is typical of 40×, 0.5 of 20×).`] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} files cannot be read as slides (${unreadable.slice(0, 3).join(', ')}${unreadable.length > 3 ? ', …' : ''}): "mil check" says why.`] : []),
  ];
  return { ...cohort, slides, ...(coarsest > 0 ? { coarsest } : {}), notes: [...cohort.notes, ...notes] };
}

/** µm/px of a slide; undefined where neither table nor file says. */
async function resolutionOf(path: string, fromTable: number | undefined): Promise<number | undefined> {
  const slide = await openSlide(path);
  try {
    return resolveMpp(slide, fromTable);
  } catch (error) {
    if (error instanceof HardmineError && error.code === 'mpp-unknown') return undefined;
    throw error;
  } finally {
    await slide.close();
  }
}

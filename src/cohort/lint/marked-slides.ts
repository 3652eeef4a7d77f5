import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import type { CohortSlide } from '../contract.js';
import { loadTruth } from '../truth/load.js';

/** The slides on which instance truth is drawn; undefined where the cohort has none, or none that can be read, of which another check speaks. */
export async function markedSlides({ cohort }: Pick<Experiment, 'cohort'>, slides: readonly CohortSlide[], baseFolder: string): Promise<ReadonlySet<string> | undefined> {
  if (!cohort.truth) return undefined;
  try {
    const truth = await loadTruth(cohort.truth, baseFolder);
    return new Set(slides.flatMap(({ id }) => (truth.marks(id) ? [id] : [])));
  } catch (error) {
    if (error instanceof HardmineError) return undefined;
    throw error;
  }
}

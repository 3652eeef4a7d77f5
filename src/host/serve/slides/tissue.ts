import { drawnOn } from '../../../cohort/drawn.js';
import type { Slide } from '../../../slides/contract.js';
import { resolveMpp } from '../../../slides/resolution.js';
import { findTissue, type TissueMask } from '../../../slides/tissue/mask.js';
import type { RunMaterial, RunSlide } from '../run-material.js';

/** Where a run saw tissue on a slide: by its options, and what people drew. @throws HardmineError `mpp-unknown`, `annotations-invalid`, and as reading does. */
export function tissueOfSlide({ experiment, experimentFolder }: RunMaterial, { id, mpp }: RunSlide, slide: Slide): Promise<TissueMask> {
  const { tissue } = experiment.tiling;
  return findTissue(slide, resolveMpp(slide, mpp), tissue, drawnOn(tissue, experimentFolder, id));
}
